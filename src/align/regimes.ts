import type { Change } from '../model/collected.ts';
import type { Aside, Window } from '../model/sheet.ts';
import { isByPeople } from './asides.ts';

/** Fewer windows than this of one set-up answer nothing. */
const enough = 3;

/**
 * A rollout, a changed configuration or a scaling by hand begins another set-up, also where it falls between two windows: demands and limits of before and after
 * are not pooled (analysis 3.9). The newest set-up that has enough windows is judged, since it is the one that is there; without one the longest.
 * The windows of the others are set aside; where a request costs less since, what was carried in them is so now as well.
 */
export function ofOneRegime(windows: readonly Window[], changes: readonly Change[]): readonly Window[] {
  const breaks = changes.filter(isByPeople).toSorted((a, b) => a.at - b.at);
  const regimeOf = ({ span }: Window): number => breaks.filter(({ at }) => at <= span.from).length;
  const kept = Map.groupBy(
    windows.filter(({ aside }) => aside === undefined),
    regimeOf,
  );
  if (kept.size < 2) return windows;
  const regimes = [...kept].toSorted(([a], [b]) => b - a);
  const [judged = 0] =
    regimes.find(([, own]) => own.length >= enough) ?? regimes.toSorted(([, a], [, b]) => b.length - a.length)[0] ?? [];
  return windows.map((window) => {
    const own = regimeOf(window);
    return window.aside !== undefined || own === judged ? window : { ...window, aside: asideOf(breaks, own, judged) };
  });
}

function asideOf(breaks: readonly Change[], own: number, judged: number): Aside {
  const change = own < judged ? breaks[own] : breaks[judged];
  const what = change ? `${change.component}: ${change.text}` : 'a change';
  const since = breaks.slice(own, judged);
  return {
    kind: 'unstable-config',
    because: `${what}; what was ${own < judged ? 'before' : 'after'} it is another set-up`,
    ...(since.length > 0 && since.every(({ isCheaper }) => isCheaper) && { dearer: true }),
  };
}
