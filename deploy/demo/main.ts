import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { commandsOf } from '../../src/app.ts';
import { PlimsollFault } from '../../src/faults.ts';
import { openProgress } from './progress.ts';
import { seededStory, story } from './story.ts';

/** The demo: real servers, three rounds of load, one verdict each. Arguments and signals are read here and nowhere else. */
const { values } = parseArgs({
  options: {
    once: { type: 'boolean', default: false },
    keep: { type: 'boolean', default: false },
    yes: { type: 'boolean', default: false },
    shuffle: { type: 'string' },
    output: { type: 'string', short: 'o', default: 'text' },
  },
});

/** A second signal means "now" only after a second: npm passes Ctrl-C on, so that it arrives twice. */
const ending = new AbortController();
const codes = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;
let first: { readonly at: number; readonly code: number } | undefined;
for (const [signal, code] of Object.entries(codes)) {
  process.on(signal, () => {
    if (first && performance.now() - first.at > 1000) process.exit(code);
    first ??= { at: performance.now(), code };
    ending.abort(`ended by ${signal}`);
  });
}

/** An npm that was killed outright passes nothing on: the kernel then names another parent. */
const parent = process.ppid;
if (process.env.npm_lifecycle_event !== undefined)
  setInterval(() => {
    if (process.ppid === parent || first) return;
    first = { at: performance.now(), code: codes.SIGTERM };
    ending.abort('ended with the npm that started it');
  }, 500).unref();

const manifest: { readonly version: string } = JSON.parse(
  readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
);
const asJson = values.output === 'json';
const progress = openProgress(process.stderr);
const telling = {
  tell: (text: string): void => {
    progress.clear();
    if (!asJson) process.stdout.write(`${text}\n`);
  },
  progress,
  signal: ending.signal,
  commands: commandsOf({ version: manifest.version, env: process.env }),
  columns: Math.min(100, process.stdout.columns ?? 100),
  colour: process.stdout.isTTY === true && !process.env.NO_COLOR,
  ...values,
};

try {
  const result =
    values.shuffle === undefined ? await story(telling) : await seededStory(telling, Number(values.shuffle));
  if (asJson) process.stdout.write(`${result.json}\n`);
  process.exitCode = result.right ? 0 : 1;
} catch (cause) {
  progress.clear();
  if (!first) {
    process.stderr.write(`demo: ${cause instanceof PlimsollFault || cause instanceof Error ? cause.message : cause}\n`);
    if (process.env.PLIMSOLL_DEBUG) process.stderr.write(`${cause instanceof Error ? cause.stack : ''}\n`);
    process.exitCode = 1;
  }
} finally {
  progress.clear();
  if (first) process.exitCode = first.code;
}
