import { timeIn } from '../../model/cell.ts';
import type { Findings } from '../../model/finding.ts';
import { further } from '../../model/further.ts';
import type { Sheet, Window } from '../../model/sheet.ts';
import { shortfall } from '../../model/shortfall.ts';
import type { Case } from './cases.ts';
import { type Slowness, slownessIn } from './slowness.ts';
import { usualFailures } from './usual-failures.ts';
import type { View } from './view.ts';

/** Work inside that grows by this share of the load every second is not sustained. */
const growth = 0.02;
/** Three standard deviations. */
const noise = 3;
/** Where only answers are counted: latency at this multiple of low load, at a rate of good answers within the other of the highest. */
const slower = 3;
const nearTop = 0.05;
/** Slow at the top is a plateau where one window there is slower than another by this factor, or all of them, be it one, are by so much slower than at low load. */
const spread = 2;
const muchSlower = 10;
/** Rates within this share of each other are compared; elasticity of the rate by response time at 94 % use. */
const roughlyTop = 0.85;
const allButFull = 0.06;

/** For each window of the view: whether the target fell behind the load there. */
export function overloadOf(sheet: Sheet, view: View): readonly boolean[] {
  if (sheet.axis !== 'arrivals') return stuckAtTop(view);
  const behind = view.windows.map(fallsBehind);
  return behind.map((is, i) => is || isOnPlateau(i, behind, view));
}

/** Goodput this close to that of a higher load which was too much is the same plateau. */
const asMuch = 0.02;

/** What falls short of the load by less than could be chance is on the plateau all the same where the next higher load, which was too much, brought no more. */
function isOnPlateau(i: number, behind: readonly boolean[], { windows }: View): boolean {
  const [here, next] = [windows[i], windows[i + 1]];
  if (!here || !next || behind[i + 1] !== true || here.goodput >= here.load * (1 - shortfall)) return false;
  return next.load > further * here.load && Math.abs(next.goodput / here.goodput - 1) <= asMuch;
}

/** The lowest load at which the target fell behind in a window that supports no claim, where that is above all that do. */
export function behindUnread({ axis, windows }: Sheet, view: View): Findings['behindUnread'] {
  const top = Math.max(0, ...view.windows.map(({ load }) => load));
  const gaveWay = gaveWayIn(axis, view);
  const found = windows
    .filter((one) => one.load > top && one.aside?.cut !== true && one.aside?.incident !== true && gaveWay(one))
    .toSorted((a, b) => a.load - b.load)[0];
  return found?.aside && { load: found.load, aside: found.aside };
}

/** The most that was answered well in windows that tell nothing of the resources as they are: too little could be read there, or a request costs less since (`dearer`). */
export function carriedAside(
  { axis, windows }: Sheet,
  view: View,
): { readonly rate: number; readonly dearer: boolean } {
  const gaveWay = gaveWayIn(axis, view);
  const kept = windows.filter(({ aside }) => aside?.unread === true || aside?.dearer === true);
  const [most] = kept.filter((one) => !gaveWay(one)).toSorted((a, b) => b.goodput - a.goodput);
  return { rate: most?.goodput ?? 0, dearer: most?.aside?.dearer === true };
}

/** Whether the target fell behind in a window, or, where only answers are counted, more of these fail than usually do or take much longer. */
function gaveWayIn(axis: Sheet['axis'], view: View): (one: Window) => boolean {
  const [took, usual] = [slownessIn(view), usualFailures(view)];
  return (one) =>
    axis === 'arrivals' ? fallsBehind(one) : fails(one, usual) || (took.of(one) ?? 0) >= muchSlower * took.base;
}

function fallsBehind(window: Window): boolean {
  return isShort(window.goodput, window.load, window) || fails(window) || pilesUp(window);
}

function isShort(good: number, wanted: number, window: Window): boolean {
  return good < wanted * (1 - shortfall) - noise * Math.sqrt(Math.max(1, wanted) / timeIn(window));
}

/** Whether what is inside grows by more than chance, and by much of what comes. */
export function pilesUp(window: Window): boolean {
  return window.inFlight !== undefined && growsOn(window.inFlight, window);
}

type Growing = { readonly mean: number; readonly growth: number };

/** Whether what waits for units of a resource grows so within a window: work that nobody waits for piles up there, while its requests are answered at once. */
export const pilesUpAt = (one: Case, view: View, i: number): boolean => waitsAt(one, view, i, growsOn);

/** Whether what waits for units of a resource is more at the end of a window than at its start, however little of what comes that is; or less: what was left behind before is worked off there. */
export function backlogAt(one: Case, view: View, i: number): 'grows' | 'shrinks' | 'stays' {
  if (waitsAt(one, view, i, growsBeyondChance)) return 'grows';
  return waitsAt(one, view, i, ({ mean, growth }, window) => growsBeyondChance({ mean, growth: -growth }, window))
    ? 'shrinks'
    : 'stays';
}

function waitsAt({ queue, backlog }: Case, { windows }: View, i: number, grows: typeof growsOn): boolean {
  const [window, mean, growth] = [windows[i], queue?.[i], backlog?.[i]];
  return window !== undefined && mean !== undefined && growth !== undefined && grows({ mean, growth }, window);
}

const growsOn = (inside: Growing, window: Window): boolean =>
  growsBeyondChance(inside, window) && inside.growth > growth * window.load;

const growsBeyondChance = (inside: Growing, window: Window): boolean =>
  inside.growth * timeIn(window) > Math.max(5, noise * Math.sqrt(Math.max(1, inside.mean)));

/** On a throughput axis: answers that fail, or windows near the highest rate of good answers that are ever slower, or much slower than at low load, or beside which others wait in vain, or work piling up there. */
function stuckAtTop(view: View): readonly boolean[] {
  const [took, usual] = [slownessIn(view), usualFailures(view)];
  const { base } = took;
  const top = Math.max(0, ...view.windows.map((window) => window.goodput));
  const slow = view.windows.map(
    (window) => window.goodput >= (1 - nearTop) * top && (took.of(window) ?? 0) >= slower * base,
  );
  const times = view.windows.filter((_, i) => slow[i]).flatMap((window) => took.of(window) ?? []);
  const stuck =
    times.length > 0 && (Math.max(...times) >= spread * Math.min(...times) || Math.min(...times) >= muchSlower * base);
  const inVain = view.windows.map((window) => waitsInVain(window, view, took));
  const isVainThere = view.windows.some(({ goodput }, i) => inVain[i] === true && goodput >= roughlyTop * top);
  return view.windows.map(
    (window, i) =>
      fails(window, usual) || (slow[i] === true && (stuck || isVainThere || pilesUp(window))) || inVain[i] === true,
  );
}

/**
 * Twice as long an answer as in another window near the top, for hardly more answers: of one server the rate rises with response time by d ln X ÷ d ln R = (1 − ρ) ÷ ρ
 * (M/M/1), so that at this elasticity it is all but full. Users who wait for their answers show the plateau so: more of them inside, and no more done.
 */
function waitsInVain(window: Window, view: View, { base, of }: Slowness): boolean {
  const took = of(window);
  if (took === undefined || took < slower * base) return false;
  return view.windows.some((other) => {
    const before = of(other);
    if (before === undefined || took < spread * before || other.goodput < roughlyTop * window.goodput) return false;
    return Math.log(window.goodput / other.goodput) <= allButFull * Math.log(took / before);
  });
}

/** Answers that are no good show arrivals that were too many: what was answered is what arrived, so only chance among the few that may fail is noise. What fails at any load is usual. */
function fails(window: Window, usual = 0): boolean {
  const { goodput, throughput } = window;
  const few = (shortfall + usual) * throughput;
  return throughput - goodput > few + noise * Math.sqrt(Math.max(1, few) / timeIn(window));
}

/** The first position from which on the target stays behind, one lapse in four allowed; not where it carried plainly more later: there it only stumbled, as when one load went over into the next. */
export function plateauFrom(overloaded: readonly boolean[], { windows }: View): number | undefined {
  const start = overloaded.findIndex((over, i) => {
    const rest = overloaded.slice(i);
    const most = Math.max(0, ...windows.slice(i).map(({ goodput }, at) => (rest[at] ? 0 : goodput)));
    return over && rest.filter(Boolean).length >= 0.75 * rest.length && most <= further * (windows[i]?.goodput ?? 0);
  });
  return start < 0 ? undefined : start;
}
