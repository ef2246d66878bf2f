import type { Traffic } from '../model/collected.ts';
import type { SampleSeries } from '../model/signal.ts';
import type { Span } from '../model/span.ts';
import { epoch } from '../model/units.ts';
import { median } from '../stats/median.ts';
import { reachBack, sumOf } from './measure.ts';

/** A short stretch of time with the load in it (arrivals a second, or answers where only these are counted); `strained`: answers failed, or took far longer than usual. */
export type Slot = Span & { readonly rate: number; readonly strained: boolean };

/** Loads are told by five minutes, as the load that headroom is stated against (s); where samples lie further apart by these. */
const usual = 300;

/** Strained is where more than this share of the answers fail, or where they take this many times as long as they usually do. */
const failing = 0.03;
const slow = 3;

/** The slots of a span, counted from its beginning, no shorter than samples lie apart; one without any answer counted in it is not there. */
export function slotsOf(traffic: Traffic, span: Span, interval: number = traffic.interval): readonly Slot[] {
  const width = Math.max(usual, Math.ceil(usual / interval) * interval);
  const count = Math.floor((span.to - span.from) / width);
  const all = Array.from({ length: count }, (_, i) => span.from + i * width).flatMap((from) => {
    const counted = (list: readonly SampleSeries[]): number | undefined =>
      sumOf(list, 'counter', from - reachBack(traffic.interval), from + width, traffic.interval)?.value;
    const rate = counted(traffic.arrivals ?? traffic.completions);
    const took = (counted(traffic.durations) ?? 0) / Math.max(1e-9, counted(traffic.completions) ?? 0);
    const failed = counted(traffic.errors) ?? 0;
    return rate === undefined ? [] : [{ from: epoch(from), to: epoch(from + width), rate, took, failed }];
  });
  const typical = all.length > 0 ? median(all.map(({ took }) => took)) : 0;
  return all.map(({ from, to, rate, took, failed }) => {
    const strained = failed > failing * rate || (typical > 0 && took > slow * typical);
    return { from, to, rate, strained };
  });
}
