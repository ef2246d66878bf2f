import { closeSync, openSync } from 'node:fs';
import { openLoad } from '../../src/load/open-load.ts';
import { perSecond, seconds } from '../../src/model/units.ts';
import { realClock } from '../load/loopback.ts';
import { classOf, scriptOf } from '../load/target.ts';

/** node few-descriptors.ts PORT LEFT: loads a server of which each answer takes 250 ms, with only so many file descriptors left to this process, and tells the record as JSON. */
const [port = '', left = ''] = process.argv.slice(2);
const never = new AbortController().signal;
const path = [{ kind: 'text', text: '/slow' }] as const;
const script = scriptOf({ origin: `http://127.0.0.1:${port}`, classes: [classOf({ path })] });
await using load = await openLoad(script, realClock, never);

const taken: number[] = [];
try {
  for (;;) taken.push(openSync('/dev/null', 'r'));
} catch {
  // That was the last one.
}
for (const descriptor of taken.slice(0, Number(left))) closeSync(descriptor);

const step = { index: 0, rate: perSecond(200), settle: seconds(0.5), measure: seconds(1.5) };
const [{ sent, good, errors, errorsByClass, health }] = await load.offer(step, never);
process.stdout.write(`${JSON.stringify({ sent, good, errors, errorsByClass, verdict: health.verdict })}\n`);
