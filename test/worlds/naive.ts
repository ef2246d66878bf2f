import type { Report } from '../../src/model/report.ts';
import { correlation } from '../../src/stats/correlation.ts';

/** Three rules that people go by, on the same readings. */
export const naiveRules = ['first over 80 %', 'fullest at the plateau', 'correlation with latency'] as const;
export type NaiveRule = (typeof naiveRules)[number];

type Track = { readonly name: string; readonly fills: readonly (number | null)[] };

/** What each rule names as first, as "component/resource"; undefined where it names nothing. */
export function naiveAnswers(report: Report): Readonly<Record<NaiveRule, string | undefined>> {
  const order = report.sheet.windows.map((_, i) => i).toSorted((a, b) => loadAt(report, a) - loadAt(report, b));
  const tracks = report.resources.map(({ component, resource, curve }) => ({
    name: `${component}/${resource}`,
    fills: order.map((i) => curve[i] ?? null),
  }));
  return {
    'first over 80 %': firstOver(tracks, 0.8),
    'fullest at the plateau': fullest(tracks, plateauOf(report, order)),
    'correlation with latency': mostAlike(
      tracks,
      order.map((i) => report.load.steps[i]?.p99 ?? null),
    ),
  };
}

const loadAt = (report: Report, i: number): number => report.sheet.windows[i]?.load ?? 0;

/** The fullest of those that cross the line at the lowest load. */
function firstOver(tracks: readonly Track[], line: number): string | undefined {
  const crossings = tracks.flatMap(({ name, fills }) => {
    const at = fills.findIndex((fill) => fill !== null && fill > line);
    return at < 0 ? [] : [{ name, at, fill: fills[at] ?? 0 }];
  });
  return crossings.toSorted((a, b) => a.at - b.at || b.fill - a.fill)[0]?.name;
}

/** Position of the window with the most good answers. */
function plateauOf(report: Report, order: readonly number[]): number {
  const goods = order.map((i) => report.load.steps[i]?.goodput ?? 0);
  return goods.indexOf(Math.max(...goods));
}

function fullest(tracks: readonly Track[], at: number): string | undefined {
  return tracks.toSorted((a, b) => (b.fills[at] ?? 0) - (a.fills[at] ?? 0))[0]?.name;
}

function mostAlike(tracks: readonly Track[], latency: readonly (number | null)[]): string | undefined {
  const alike = tracks.flatMap(({ name, fills }) => {
    const both = fills.flatMap((fill, i) => {
      const took = latency[i] ?? null;
      return fill === null || took === null ? [] : [{ fill, took }];
    });
    const r =
      both.length < 3
        ? undefined
        : correlation(
            both.map((one) => one.fill),
            both.map((one) => one.took),
          );
    return r === undefined ? [] : [{ name, r }];
  });
  return alike.toSorted((a, b) => b.r - a.r)[0]?.name;
}
