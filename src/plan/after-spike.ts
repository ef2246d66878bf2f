import { duration } from '../model/in-words.ts';
import type { LoadWindow, StepRecord } from '../model/load-record.ts';
import type { Cut, Step } from '../model/plan.ts';
import { windowsOf } from '../model/stages.ts';
import type { Trial } from '../model/trial.ts';
import { median } from '../stats/median.ts';

/** Latency is back when answers take at most this many times what they took before the spike, and failures when they are no more than so much (share) above it. */
const near = 2;
const nearErrors = 0.01;

type Seen = { readonly window: Cut; readonly record: StepRecord };

/** Marks the windows after a spike in which the target was still busy with what that left: their load says nothing of what they show. */
export function steadied(step: Step, records: readonly StepRecord[]): readonly StepRecord[] {
  const seen = seenIn(step, records);
  const back = seen.findIndex((one, i) => one.window.after === 'spike' && isBack(one, seen.slice(0, i)));
  const last = back < 0 ? seen.length : back;
  return seen.map(({ window, record }, i) =>
    window.after === 'spike' && i < last ? { ...record, unsteady: 'what the spike had left was still inside' } : record,
  );
}

/** When latency was back after a spike, in one sentence; undefined where there was none, or nothing was seen after it. */
export function recoveryInWords(history: readonly Trial[]): string | undefined {
  const step = history.at(-1)?.step;
  const records = history.filter((trial) => trial.step === step).map(({ record }) => record);
  const after = step === undefined ? [] : seenIn(step, records).filter(({ window }) => window.after === 'spike');
  const [first, last] = [after[0], after.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  const back = after.find(({ record }) => record.unsteady === undefined);
  const over = first.window.from;
  if (back === first) return `latency was back within ${duration(first.window.to - over)} after the spike`;
  if (back !== undefined)
    return `after the spike answers took longer or failed for ${duration(back.window.from - over)}, until what it had left was gone`;
  return `latency did not come back within ${duration(last.window.to - over)} after the spike`;
}

const seenIn = (step: Step, records: readonly StepRecord[]): readonly Seen[] =>
  windowsOf(step).flatMap((window, i) => {
    const record = records[i];
    return record === undefined ? [] : [{ window, record }];
  });

/** Compared with what is usual before the spike, at the same load. */
function isBack({ record }: Seen, earlier: readonly Seen[]): boolean {
  const usual = earlier.filter(
    ({ window, record: before }) => window.after === undefined && before.offered <= record.offered * near,
  );
  const times = usual.flatMap(({ record: before }) => tookIn(before) ?? []);
  const took = tookIn(record);
  if (times.length === 0 || took === undefined) return false;
  const failures = Math.max(...usual.map(({ record: before }) => before.errors));
  return took <= near * median(times) && record.errors <= failures + nearErrors;
}

const tookIn = ({ latency }: LoadWindow): number | undefined => latency.mean ?? latency.p50;
