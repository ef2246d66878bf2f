import type { Findings } from '../../model/finding.ts';
import { number } from '../../model/in-words.ts';
import { holdTimes, lowHoldTime } from '../holds/hold-time.ts';
import { from } from '../holds/kept-longer.ts';
import { type Case, known, nameOf, type Track } from '../seen/cases.ts';
import type { View } from '../seen/view.ts';
import { peakOf } from './first.ts';
import type { Judged } from './judged.ts';

/** From here on the longest is told beside what most are. */
const more = 1.5;
/** What sessions of a component wait for, by kind (PostgreSQL's wait events): evidence, and no resource of its own. */
const waits = 'waits';
/** What keeps a full hold shows there where at least this share of its units wait for one thing. */
const half = 0.5;
const twoDigits = (value: number): number => Number(value.toPrecision(2));

/** How many times as long as at low load work is held where that is longest. */
function longest(one: Case, onset: number, view: View): number {
  const [low, late] = [lowHoldTime(one, view), known(holdTimes(one, view), from(view, onset))];
  return low === undefined || late.length === 0 ? 0 : Math.max(...late) / low;
}

type Held = { readonly one: Case; readonly growth: number; readonly onset: number };

/** The full hold that is kept longer by something below it: the first, and of several the fullest. */
function firstHeld(judged: readonly Judged[]): Held | undefined {
  const held = judged.flatMap(({ one, standing, saturation }) =>
    standing.kind === 'held' ? [{ one, growth: standing.growth, onset: saturation.onset ?? 0 }] : [],
  );
  return held.toSorted((a, b) => a.onset - b.onset || peakOf(b.one) - peakOf(a.one))[0];
}

/** The full hold that is kept longer by something below it that nothing shows. */
export function heldByBlind(judged: readonly Judged[], view: View): Findings['heldByBlind'] {
  const first = firstHeld(judged);
  if (!first) return undefined;
  const { component, resource } = first.one.resource;
  const most = longest(first.one, first.onset, view);
  const times = `${number(twoDigits(first.growth))}${most > more * first.growth ? ` to ${number(twoDigits(most))}` : ''}`;
  return {
    component,
    resource,
    text: `${nameOf(first.one)} is full, but work is held there ${times} times as long as at low load`,
  };
}

/** What those wait for that keep a full hold, where what is below it tells. */
export function waitedFor(judged: readonly Judged[], view: View): Findings['notes'] {
  const held = firstHeld(judged);
  if (!held) return [];
  const late = from(view, held.onset);
  const mostIn = (track: Track): number => Math.max(0, ...known(track, late));
  const units = mostIn(held.one.usage);
  const told = judged
    .filter(({ one }) => one.resource.resource === waits)
    .map(({ one }) => ({ one, waiting: mostIn(one.usage) }))
    .filter(({ waiting }) => waiting >= half * units)
    .toSorted((a, b) => b.waiting - a.waiting)[0];
  if (!told) return [];
  const reason = Object.values(told.one.at).join(' ');
  const text = `up to ${number(twoDigits(told.waiting))} sessions of ${told.one.resource.component} wait for ${reason} where ${nameOf(held.one)} is full with ${number(twoDigits(units))}: that is where to look for what keeps them`;
  return [{ about: 'analysis', text }];
}
