import type { Recovery } from '../model/load-record.ts';
import { lengthOf, stagesOf, windowsOf } from '../model/stages.ts';
import type { Trial } from '../model/trial.ts';
import { type Seconds, seconds } from '../model/units.ts';

/** What ends within so long (s) after the last request was sent is no backlog. */
const soon = 1;

/**
 * A recovery is watched from when all that was inside has ended, and told from when the load ended: who came last waited through what an overload had left, and that
 * time belongs to it.
 *
 * @param drained when the last answer had come or was waited for no longer
 */
export function sinceLoadEnded(
  recovery: Recovery | undefined,
  history: readonly Trial[],
  drained: number,
): Recovery | undefined {
  const took = drained - (endOfLoad(history) ?? drained);
  if (recovery === undefined || took <= soon) return recovery;
  const later = (time: Seconds): Seconds => seconds(time + took);
  return recovery.kind === 'recovered'
    ? { ...recovery, after: later(recovery.after) }
    : { ...recovery, watched: later(recovery.watched) };
}

/** The last window may end before its step does. */
function endOfLoad(history: readonly Trial[]): number | undefined {
  const last = history.at(-1);
  if (last === undefined) return undefined;
  const { record, step } = last;
  const beyond = lengthOf(stagesOf(step)) - (windowsOf(step).at(-1)?.to ?? 0);
  return record.span.to + (record.complete ? Math.max(0, beyond) : 0);
}
