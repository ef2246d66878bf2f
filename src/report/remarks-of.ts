import { percent, rate } from '../model/in-words.ts';
import { onceEach } from '../model/once-each.ts';
import type { Report } from '../model/report.ts';
import { rangeText } from './wording.ts';

/**
 * What a reader of any report should know besides the verdict, in the order of what it changes in the answer, since a page may end before they do: why the load stopped, that latency did not come back at once,
 * objectives, notes, what does not count, the generator, how throughput bends; last that nothing was left behind, and what was left out.
 */
export function remarksOf(report: Report): readonly string[] {
  const { load, notes, objectives } = report;
  const recovery = load.recovery === null ? [] : [`recovery: ${load.recovery}`];
  const isBackAtOnce = load.recovery?.startsWith('latency was back at once') === true;
  return [
    ...(load.stopped === null
      ? []
      : [`the load was stopped early${load.stopped.safety ? ' for safety' : ''}: ${load.stopped.why}`]),
    ...(isBackAtOnce ? [] : recovery),
    ...crossings(objectives.filter(isCrossedFrom)).map((alike) => crossedIn(report, alike)),
    ...objectives.flatMap(({ text, missed }) => (missed ? [`objective missed ${missed.text}: ${text}`] : [])),
    ...objectives.flatMap(({ text, open }) =>
      open ? [`whether the objective ${text} is met cannot be told: ${open}`] : [],
    ),
    ...notes.filter((note) => !isOfLeftOut(note)),
    ...setAside(report),
    ...generatorIn(report),
    ...(load.steps.some(({ users }) => users !== undefined)
      ? [
          'users wait for their answers and ask for no more than is carried: the load axis is what was answered, and beyond its maximum only the use of resources tells, if it goes on as it does',
        ]
      : []),
    bend(report.scalability),
    ...(isBackAtOnce ? recovery : []),
    ...notes.filter(isOfLeftOut),
  ];
}

/** Of a component: which of its resources were not looked at, or hardly. */
const isOfLeftOut = (note: string): boolean => /^[^:]+: (?:not looked at|read for no more)/u.test(note);

type Objective = Report['objectives'][number];

/** Where the lowest load at which it was missed is the one at which it is crossed, other windows of that load met it. */
const isCrossedFrom = ({ crossed, upTo, missed }: Objective): boolean =>
  crossed && (!missed || upTo === null || missed.load < upTo);

/** Those objectives together that were crossed at the same loads. */
const crossings = (crossed: readonly Objective[]): readonly (readonly Objective[])[] => [
  ...Map.groupBy(crossed, ({ upTo, met }) => [upTo, met ?? null].map((load) => load && rate(load)).join(' ')).values(),
];

/** An objective is a policy: where it is crossed is told beside what the machine itself carried, which may be more or less. */
function crossedIn({ load }: Report, alike: readonly Objective[]): string {
  const { upTo = null, met = null } = alike[0] ?? {};
  const where = upTo === null ? '' : ` by ${rate(upTo)}`;
  // Of windows of about one load nothing is told by the difference.
  const isBelow = met !== null && met > 0 && (upTo === null || rate(met) !== rate(upTo));
  const below = isBelow ? ` (met up to ${rate(met)})` : '';
  const counting = load.steps.filter(({ aside }) => aside === null);
  const most = Math.max(0, ...counting.map(({ goodput }) => goodput));
  const carried = most > 0 ? `; a policy limit: good answers went up to ${rate(most)}` : '';
  const texts = alike.map(({ text }) => text).join(', ');
  return `${alike.length > 1 ? 'objectives' : 'objective'} crossed${where}${below}: ${texts}${carried}`;
}

/** Verdicts whose sentence says itself why windows do not count. */
const reasoned: readonly string[] = ['data-invalid', 'generator-limited', 'unstable-config'];

/** What does not count, and why, each reason once. */
function setAside({ load: { steps }, verdict }: Report): readonly string[] {
  if (reasoned.includes(verdict.kind)) return [];
  const asides = Map.groupBy(
    steps.flatMap(({ aside }) => aside ?? []),
    (aside) => aside,
  );
  return [...asides].map(
    ([because, those]) =>
      `${those.length} of ${steps.length} windows ${those.length === 1 ? 'does' : 'do'} not count: ${because}`,
  );
}

/** Why the generator was not at ease, each reason once; nothing where the verdict rests on it and says so already. */
function generatorIn({ generator, verdict }: Report): readonly string[] {
  if (verdict.kind === 'generator-limited' || generator.because.length === 0) return [];
  return [`load generator ${generator.verdict}: ${onceEach(generator.because).join('; ')}`];
}

function bend(scalability: Report['scalability']): string {
  if (scalability.kind === 'not-carried') return `scalability is not fitted: ${scalability.because}`;
  const { contention, coherency, limit } = scalability;
  const most = limit === undefined ? '' : `; contention alone would leave ${rangeText(limit, rate)}`;
  return `contention ${rangeText(contention, percent)}, coherency ${rangeText(coherency, percent)}${most}${turn(scalability)}`;
}

/** The law is fitted to windows that kept up, so a peak lies beyond those, whatever was in flight where the target fell behind. */
function turn({ peak, downturn }: Fitted): string {
  if (peak === null) return downturn === undefined ? '' : '; the points carry no downturn';
  const beyond =
    downturn === 'extrapolated' ? ', beyond that of every window that kept up (only those are fitted)' : '';
  return `; throughput peaks at a concurrency of ${Math.round(peak)}${beyond}`;
}

type Fitted = Extract<Report['scalability'], { kind: 'fitted' }>;
