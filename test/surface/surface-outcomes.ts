import { readdir, readFile } from 'node:fs/promises';
import { failed, type Outcome, outcomesOf, passed } from '../support/outcome.ts';
import { promtoolOutcomes } from './promtool.ts';
import { type Surface, surfaces } from './surfaces.ts';

export const goldens = new URL('./goldens/', import.meta.url);

/** Compares every surface with its golden. */
export async function surfaceOutcomes(): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const surface of surfaces)
    outcomes.push(await compare(surface).catch((error) => failed(surface.name, `${error}`)));
  outcomes.push(...outcomesOf('promtool', await promtoolOutcomes()));
  const names = new Set(surfaces.map(({ name }) => name));
  const left = (await readdir(goldens)).filter((name) => !names.has(name));
  return [...outcomes, ...left.map((name) => failed(name, 'a golden of no surface: remove it'))];
}

async function compare({ name, text }: Surface): Promise<Outcome> {
  const golden = await readFile(new URL(name, goldens), 'utf8').catch(() => '');
  const now = await text();
  if (now === golden) return passed(name);
  return failed(
    name,
    `${firstDifference(golden, now)}\nwhere that is meant: npm run surface, and a line in CHANGELOG.md`,
  );
}

function firstDifference(golden: string, now: string): string {
  const [was, is] = [golden.split('\n'), now.split('\n')];
  const at = is.findIndex((line, index) => line !== was[index]);
  const line = at < 0 ? is.length : at;
  return `line ${line + 1}\n- ${was[line] ?? '(end)'}\n+ ${is[line] ?? '(end)'}`;
}
