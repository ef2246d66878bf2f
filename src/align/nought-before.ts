import type { LoadWindow } from '../model/load-record.ts';
import type { Reading } from '../model/reading.ts';
import type { Row } from '../model/sheet.ts';
import type { Signal } from '../model/signal.ts';
import { lengthOf } from '../model/span.ts';
import { firstAtOrAfter } from './measure.ts';

/**
 * A counter of refusals that is there only from the first of them on (OpenTelemetry's, and others that have labels) was nought before: not unknown, as long as the
 * rest of its instance was seen. In the window in which it began it counts from nought. Windows of many stretches are left as they are.
 */
export function noughtBefore(row: Row, signal: Signal | undefined, windows: readonly LoadWindow[], usage: Row): Row {
  if (signal?.form !== 'counter' || signal.over.length > 0 || signal.less.length > 0) return row;
  const begun = Math.min(...signal.parts.map(({ times }) => times[0] ?? Number.POSITIVE_INFINITY));
  const readings = row.readings.map((reading, i): Reading => {
    const window = windows[i];
    if (!window || window.cell || reading.kind === 'value' || usage.readings[i]?.kind !== 'value') return reading;
    if (begun < window.span.from || !Number.isFinite(begun)) return reading;
    const value = (signal.scale * countedBy(signal, window.span.to)) / lengthOf(window.span);
    return { kind: 'value', value, blocks: [value, value, value, value], samples: 1 };
  });
  return { ...row, readings };
}

/** What its series have counted at a moment since they began. */
const countedBy = ({ parts }: Signal, moment: number): number =>
  parts.reduce((sum, { times, values }) => sum + (values[firstAtOrAfter(times, moment) - 1] ?? 0), 0);
