import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Lab } from './lab.ts';
import { failed, type Outcome, outcomesOf } from './outcome.ts';

/** node test/support/run-lab.ts MODULE RESULT: runs one set-up alone in its process, and writes its outcomes as JSON. */
const [module = '', result = ''] = process.argv.slice(2);
const stopping = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => stopping.abort(new Error(signal)));

const folder = await mkdtemp(join(tmpdir(), 'plimsoll-lab-'));
const lab: Lab = await import(pathToFileURL(module).href);
const context = { folder, stop: stopping.signal, say: (text: string) => void process.stdout.write(`    ${text}\n`) };
const outcomes: readonly Outcome[] = await lab
  .run(context)
  .then((told) => outcomesOf(lab.name, told))
  .catch((error: unknown) => [
    failed(lab.name, error instanceof Error ? (error.stack ?? error.message) : String(error)),
  ]);
await writeFile(result, JSON.stringify(outcomes));
await rm(folder, { recursive: true, force: true });
process.exit(0);
