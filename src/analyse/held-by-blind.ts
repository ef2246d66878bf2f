import type { Findings } from '../model/finding.ts';
import { number } from '../model/in-words.ts';
import { type Case, known, nameOf, type Track } from './cases.ts';
import { peakOf } from './first.ts';
import { holdTimes, lowHoldTime } from './hold-time.ts';
import type { Judged } from './roots.ts';
import type { View } from './view.ts';

/** From here on the longest is told beside what most are. */
const more = 1.5;
const twoDigits = (value: number): number => Number(value.toPrecision(2));

/** How many times as long as at low load work is held where that is longest. */
function longest(one: Case, onset: number, view: View): number {
  const [low, late] = [lowHoldTime(one, view), known(holdTimes(one, view).slice(onset), [...view.windows.keys()])];
  return low === undefined || late.length === 0 ? 0 : Math.max(...late) / low;
}

/** The full hold that is kept longer by something below it that nothing shows: the first, and of several the fullest. */
export function heldByBlind(judged: readonly Judged[], view: View): Findings['heldByBlind'] {
  const held = judged.flatMap((each) =>
    each.standing.kind === 'held'
      ? [{ one: each.one, growth: each.standing.growth, onset: each.saturation.onset }]
      : [],
  );
  const first = held.toSorted((a, b) => (a.onset ?? 0) - (b.onset ?? 0) || peakOf(b.one) - peakOf(a.one))[0];
  if (!first) return undefined;
  const { component, resource } = first.one.resource;
  const most = longest(first.one, first.onset ?? 0, view);
  const times = `${number(twoDigits(first.growth))}${most > more * first.growth ? ` to ${number(twoDigits(most))}` : ''}`;
  return {
    component,
    resource,
    text: `${nameOf(first.one)} is full, but work is held there ${times} times as long as at low load`,
  };
}

/** What sessions of a component wait for, by kind (PostgreSQL's wait events): evidence, and no resource of its own. */
const waits = 'waits';
/** What keeps a full hold shows there where at least this share of its units wait for one thing. */
const half = 0.5;

/** What those wait for that keep a full hold, where what is below it tells. */
export function waitedFor(judged: readonly Judged[], view: View): Findings['notes'] {
  const held = judged.filter(({ standing }) => standing.kind === 'held');
  const seen = judged.filter(({ one }) => one.resource.resource === waits);
  return held.slice(0, 1).flatMap(({ one, saturation }) => {
    const late = [...view.windows.keys()].filter((i) => i >= (saturation.onset ?? 0));
    const mostIn = (track: Track): number => Math.max(0, ...known(track, late));
    const units = mostIn(one.usage);
    const told = seen
      .map((each) => ({ each: each.one, waiting: mostIn(each.one.usage) }))
      .filter(({ waiting }) => waiting >= half * units)
      .toSorted((a, b) => b.waiting - a.waiting)[0];
    if (!told) return [];
    const reason = Object.values(told.each.at).join(' ');
    const text = `up to ${number(twoDigits(told.waiting))} sessions of ${told.each.resource.component} wait for ${reason} where ${nameOf(one)} is full with ${number(twoDigits(units))}: that is where to look for what keeps them`;
    return [{ about: 'analysis', text }];
  });
}
