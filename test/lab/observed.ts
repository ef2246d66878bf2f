import { globSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { readReport } from '../../src/model/read-report.ts';
import type { Report } from '../../src/model/report.ts';
import { ownChild, top } from '../support/own-child.ts';

/** A stretch of time, in seconds since 1970. */
export type Stretch = { readonly from: number; readonly to: number };

/**
 * What `observe` says of a stretch, with an empty store and a configuration that allows no load.
 *
 * @param stacks the folder below which the stack lies whose configuration is taken
 * @param folder an empty folder
 */
export async function observed(stacks: string, folder: string, { from, to }: Stretch): Promise<Report | string> {
  const [file] = globSync('plimsoll-stack-*/plimsoll.yaml', { cwd: stacks });
  if (file === undefined) return `no configuration lies below ${stacks}`;
  const configuration = parse(await readFile(join(stacks, file), 'utf8'));
  const targets = configuration.targets.map(({ load: _load, ...target }: { readonly load?: unknown }) => target);
  const own = join(folder, 'plimsoll.yaml');
  await writeFile(own, stringify({ ...configuration, targets, storage: { path: join(folder, 'store') } }));
  const script = 'exec "$0" "$1" observe shop --config "$2" --from "$3" --to "$4" -o json --quiet >"$5"';
  const output = join(folder, 'report.json');
  const told = [join(top, 'src/main.ts'), own, `${from}`, `${to}`, output];
  const { output: said } = await ownChild('sh', ['-c', script, process.execPath, ...told], { atMost: 60 });
  const report = readReport(await readFile(output, 'utf8'));
  return typeof report === 'string' ? `${report}: ${said}` : report;
}
