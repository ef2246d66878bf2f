import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LabContext } from '../support/lab.ts';
import type { Short } from '../support/outcome.ts';
import { endOwnChildren, ownChild } from '../support/own-child.ts';

export const name = 'what a shuffle made tight is named, and nothing else';

/** The seed of every test run; all ten on request. It draws PostgreSQL's quota; the ten draw each of the five. */
const usual = [5];
const seeds = process.env.PLIMSOLL_LAB_SEEDS === 'all' ? Array.from({ length: 10 }, (_, i) => i + 2) : usual;

/** Each seed as a user would try it; the truth stands beside the verdict. */
export async function run({ folder, stop, say }: LabContext): Promise<readonly Short[]> {
  stop.addEventListener('abort', () => void endOwnChildren(), { once: true });
  const told: Short[] = [];
  for (const seed of seeds) {
    const output = join(folder, `shuffle-${seed}`);
    const script = 'exec "$0" deploy/demo/main.ts --once --shuffle "$1" >"$2"';
    const args = ['-c', script, process.execPath, `${seed}`, output];
    const { code, output: said, took } = await ownChild('sh', args);
    const lines = (await readFile(output, 'utf8')).trim().split('\n');
    const detail = `${lines.slice(-2).join(' ')} ${Math.round(took)} s${code === 0 ? '' : `\n${lines.join('\n')}\n${said.slice(-1500)}`}`;
    say(`seed ${seed}: ${lines.slice(-2).join(' ')} ${Math.round(took)} s`);
    told.push({ name: `shuffle ${seed}`, passed: code === 0, detail });
  }
  return told;
}
