import type { Interval } from '../../src/model/interval.ts';
import type { Report } from '../../src/model/report.ts';
import { naiveAnswers, naiveRules } from './naive.ts';
import type { Oracle } from './oracle.ts';
import { namedAs } from './seen/named-as.ts';
import { insteadOf, isUnseen } from './truth/kinds.ts';
import { keyOf, limitsOf } from './truth/limits.ts';
import type { Truth } from './truth.ts';
import type { World } from './world.ts';

/** How far the run went towards the capacity. */
export const reaches = ['reached', '80–100 %', '60–80 %', '30–60 %', 'below 30 %'] as const;
export type Reach = (typeof reaches)[number];

/** What one world came to: what was right, what was said, and a mark for each score that applies. Marks lie between 0 and 1 unless they are errors or widths. */
export type Scored = {
  readonly family: number;
  readonly name: string;
  readonly seed: number;
  readonly variant: string;
  readonly right: Pick<Truth, 'kinds' | 'why' | 'first' | 'use'> & {
    readonly capacity: number;
    readonly next: readonly string[];
  };
  readonly said: {
    readonly kind: string;
    readonly first: readonly string[];
    readonly probability: number | null;
    readonly capacity: Interval | null;
    readonly next: string | null;
  };
  readonly reach: Reach;
  readonly marks: Readonly<Record<string, number>>;
};

/** A verdict with this probability is confident. */
const confident = 0.8;

/** What is true of a world, what was said of it, and what could have been. */
export type Came = { readonly truth: Truth; readonly report: Report; readonly oracle: Oracle };

/** Marks what a report says against what is true. */
export function scoreOf(world: World, variant: string, { truth, report, oracle }: Came): Scored {
  const names = namesOf(world);
  const right = [...truth.first, ...insteadOf(world, truth)].map((key) => names.get(key) ?? key);
  const said = saidBy(report, right);
  const given: Given = { world, truth, report, oracle, names, right, said };
  const marks = { ...rowMarks(given), ...capacityMarks(given), ...naiveMarks(given) };
  return {
    family: world.family,
    name: world.name,
    seed: world.seed,
    variant,
    right: {
      kinds: truth.kinds,
      why: truth.why,
      first: right,
      use: truth.use,
      capacity: truth.capacity.rate,
      next: (truth.next?.first ?? []).map((key) => names.get(key) ?? key),
    },
    said: {
      kind: report.verdict.kind,
      first: said.names,
      probability: said.probability ?? null,
      capacity: said.capacity ?? null,
      next: said.next ?? null,
    },
    reach: reachOf(truth),
    marks: Object.fromEntries(
      Object.entries(marks).flatMap(([key, mark]) => (mark === undefined ? [] : [[key, mark]])),
    ),
  };
}

type Marks = Readonly<Record<string, number | undefined>>;
type Given = {
  readonly world: World;
  readonly truth: Truth;
  readonly report: Report;
  readonly oracle: Oracle;
  /** Under which "component/resource" a report speaks of a limit. */
  readonly names: ReadonlyMap<string, string>;
  readonly right: readonly string[];
  readonly said: Said;
};

type Said = {
  /** What is named, most likely first. */
  readonly names: readonly string[];
  readonly candidates: readonly { readonly name: string; readonly probability: number }[];
  readonly probability: number | undefined;
  readonly capacity: Interval | undefined;
  readonly next: string | undefined;
};

function namesOf(world: World): ReadonlyMap<string, string> {
  return new Map(
    limitsOf(world).flatMap((limit) => {
      const named = namedAs(world, limit);
      return named ? [[keyOf(limit), `${named.component}/${named.resource}`] as const] : [];
    }),
  );
}

const nameOf = (one: { readonly component: string; readonly resource: string }): string =>
  `${one.component}/${one.resource}`;

function saidBy(report: Report, right: readonly string[]): Said {
  const { kind, first, set, probability } = report.verdict;
  const candidates = set.map((one) => ({ name: nameOf(one), probability: one.probability }));
  const tied = kind === 'near-tie' ? candidates.map(({ name }) => name) : [];
  return {
    names: kind === 'saturated' && first ? [nameOf(first)] : tied,
    candidates,
    probability: kind === 'saturated' ? (probability ?? undefined) : candidates[0]?.probability,
    capacity: capacitySaid(report, right),
    next: report.next ? nameOf(report.next) : undefined,
  };
}

/** The capacity of the target; where only a bound is told of that, what the resource that is expected first would carry, if it is first: what another would carry alone is no claim about the target. */
function capacitySaid(report: Report, right: readonly string[]): Interval | undefined {
  const own = report.capacity?.rate;
  if (own?.kind === 'interval') return own;
  const expected = report.verdict.set[0];
  const resource = report.resources.find(
    (one) =>
      expected &&
      right.includes(nameOf(one)) &&
      one.component === expected.component &&
      one.resource === expected.resource,
  );
  return resource?.capacity?.rate.kind === 'interval' ? resource.capacity.rate : own;
}

export function reachOf({ use }: Truth): Reach {
  if (use >= 1) return 'reached';
  if (use >= 0.8) return '80–100 %';
  if (use >= 0.6) return '60–80 %';
  return use >= 0.3 ? '30–60 %' : 'below 30 %';
}

const isSaturable = ({ truth }: Given): boolean =>
  truth.kinds.includes('saturated') || truth.kinds.includes('near-tie');
const mustAnswer = (given: Given): boolean => isSaturable(given) && !given.truth.kinds.includes('not-reached');
const mark = (isRight: boolean): number => (isRight ? 1 : 0);

const isNamed = ({ said }: Given): boolean => said.names.length > 0;
const hitsOf = ({ said, right }: Given): number => said.names.filter((name) => right.includes(name)).length;
const isSingle = ({ report }: Given): boolean => report.verdict.kind === 'saturated';
const isConfident = (given: Given): boolean => isSingle(given) && (given.said.probability ?? 0) >= confident;
const isPartial = ({ world }: Given): boolean => world.seen.missing.length > 0;

/** Nobody can tell how much a resource would carry, or expect it, that no exporter speaks of. */
const isSeen = ({ truth, world }: Given): boolean => truth.first.some((key) => !isUnseen(world, key));

/** Whether an answer to "which first" is due: one was given, or the run shows it and refusing is not right as well. */
const isDue = (given: Given): boolean =>
  isSaturable(given) && (isNamed(given) || (mustAnswer(given) && given.oracle.shows && !isExcused(given)));

const only = ({ truth }: Given, kind: string): boolean => truth.kinds.length === 1 && truth.kinds[0] === kind;

type Row = readonly [name: string, applies: (given: Given) => boolean, mark: (given: Given) => boolean | number];

/** Each score with whom it applies to. A needless tie counts for its share. */
const rows: readonly Row[] = [
  ['first @1', isDue, (given) => (isNamed(given) ? hitsOf(given) / given.said.names.length : 0)],
  ['first @2', isDue, ({ said, right }) => said.candidates.slice(0, 2).some(({ name }) => right.includes(name))],
  ['symptom as root', hasSymptoms, (given) => isSingle(given) && isSymptom(given, given.said.names[0])],
  [
    'confident and right',
    (given) => isDue(given) && !isPartial(given) && given.right.length === 1,
    (given) => isConfident(given) && hitsOf(given) > 0,
  ],
  ['confident and wrong, one missing', isPartial, (given) => isConfident(given) && hitsOf(given) === 0],
  ['kind', () => true, isKindRight],
  ['false saturated', (given) => only(given, 'not-reached'), isNamed],
  [
    'unobserved recognised',
    (given) => only(given, 'unobserved-limit'),
    ({ report }) => report.verdict.kind === 'unobserved-limit',
  ],
  [
    'generator recognised',
    (given) => only(given, 'generator-limited'),
    ({ report }) => report.verdict.kind === 'generator-limited',
  ],
  [
    'expected first',
    (given) => only(given, 'not-reached') && isSeen(given) && given.said.candidates.length > 0,
    ({ said, right }) => right.includes(said.candidates[0]?.name ?? ''),
  ],
  ['next', isNextDue, isNextRight],
  [
    'brier',
    (given) => isNamed(given) && !given.truth.kinds.includes('not-reached'),
    ({ said, right }) => ((said.probability ?? 0) - (right.includes(said.names[0] ?? '') ? 1 : 0)) ** 2,
  ],
];

const symptomsOf = ({ truth, names }: Given): readonly string[] =>
  truth.symptoms.flatMap((key) => names.get(key) ?? []);

/** Something fills because of what it waits for. */
function hasSymptoms(given: Given): boolean {
  return isSaturable(given) && symptomsOf(given).length > 0;
}

const isSymptom = (given: Given, name: string | undefined): boolean =>
  name !== undefined && !given.right.includes(name) && symptomsOf(given).includes(name);

/** A tie where one is right is needless, but no other kind of answer. */
function isKindRight({ truth, report }: Given): boolean {
  const { kind } = report.verdict;
  return truth.kinds.some((one) => one === kind) || (kind === 'near-tie' && truth.kinds.includes('saturated'));
}

/** What comes next is asked where the first was found, not what may stand for it, and what comes next can be seen. */
function isNextDue({ world, truth, names, said, report }: Given): boolean {
  const next = truth.next?.first ?? [];
  const isFound = truth.first.some((key) => names.get(key) === said.names[0]);
  return (
    report.verdict.kind === 'saturated' && isFound && next.length > 0 && next.every((key) => !isUnseen(world, key))
  );
}

/** What limits once all of the first are lifted; or, where they are several and one was named, another of them. */
function isNextRight({ truth, names, said }: Given): boolean {
  const right = [...(truth.next?.first ?? []), ...truth.first];
  return said.next !== said.names[0] && right.some((key) => names.get(key) === said.next);
}

function rowMarks(given: Given): Marks {
  return Object.fromEntries(
    rows.flatMap(([name, applies, mark]) => (applies(given) ? [[name, Number(mark(given))]] : [])),
  );
}

/** Another kind of verdict than naming a resource is right as well. */
const isExcused = ({ truth, report }: Given): boolean => truth.kinds.some((kind) => kind === report.verdict.kind);

/** Of what nobody sees, how much it would carry cannot be told before it has limited. */
const isBeforeUnseen = (given: Given): boolean =>
  !isSeen(given) && (given.truth.use < 1 || given.truth.kinds.includes('not-reached'));

/** Where so large a share takes longer than its time-out that goodput follows no load at all, the truth has no capacity: all of the run lies beyond what it is told to be. */
const followsNothing = ({ world: { load }, truth }: Given): boolean =>
  load.kind === 'steps' && truth.capacity.rate < Math.min(...load.rates) / 2;

/** Capacity counts where the run is about the target and load, not time, fills it. */
function capacityMarks(given: Given): Marks {
  const { truth, report, oracle, said } = given;
  if (isBeforeUnseen(given) || followsNothing(given)) return {};
  const aboutTarget = !['data-invalid', 'generator-limited', 'unstable-config'].includes(report.verdict.kind);
  if (!aboutTarget || truth.why === 'time' || truth.why === 'none' || report.capacity?.binds === 'objective') return {};
  const { rate, error } = truth.capacity;
  const found = said.capacity;
  const reach = reachOf(truth);
  const onset = onsetMark(given);
  if (found === undefined) return { onset, [`answered ${reach}`]: 0 };
  if (found.kind !== 'interval') {
    const holds = found.kind === 'at-least' ? found.low <= rate + 2 * error : found.high >= rate - 2 * error;
    return { onset, [`answered ${reach}`]: 0, 'bound holds': mark(holds) };
  }
  const width = (found.high - found.low) / rate;
  // An interval that is wrong is no measure for the width of others.
  const best = oracle.capacity;
  const bestWidth = best?.kind === 'interval' && covers(best, truth) ? (best.high - best.low) / rate : undefined;
  return {
    onset,
    [`answered ${reach}`]: 1,
    [`error ${reach}`]: Math.abs(found.value / rate - 1),
    [`signed ${reach}`]: found.value / rate - 1,
    [`covered ${reach}`]: mark(covers(found, truth)),
    [`width ${reach}`]: width,
    [`width ratio ${reach}`]: bestWidth !== undefined && bestWidth > 0 ? width / bestWidth : undefined,
  };
}

/** Whether an interval holds the capacity, as well as that is known itself. */
const covers = ({ low, high }: { readonly low: number; readonly high: number }, { capacity }: Truth): boolean =>
  low - capacity.error <= capacity.rate && capacity.rate <= high + capacity.error;

/** The bracket of the resource that is first must meet the loads between which waiting begins there, as well as these are known themselves. */
function onsetMark({ truth, report, right, world }: Given): number | undefined {
  if (!truth.onset || world.load.kind !== 'steps' || truth.use < 1.02) return undefined;
  const { from, to } = truth.onset;
  const found = report.resources.find((one) => right.includes(nameOf(one)) && one.onset)?.onset?.load;
  if (!found) return undefined;
  return mark((found.above ?? 0) <= to + truth.capacity.error && found.upTo >= from);
}

/** What the rules that people go by would have got for the same. */
function naiveMarks(given: Given): Marks {
  const answers = naiveAnswers(given.report);
  const isAsked = mustAnswer(given) && given.oracle.shows;
  return Object.fromEntries(
    naiveRules.flatMap((rule) => {
      const answer = answers[rule];
      return [
        ...(isAsked ? [[`naive @1: ${rule}`, mark(given.right.includes(answer ?? ''))]] : []),
        ...(isAsked && hasSymptoms(given) ? [[`naive symptom: ${rule}`, mark(isSymptom(given, answer))]] : []),
        ...(only(given, 'not-reached') ? [[`naive false: ${rule}`, mark(answer !== undefined)]] : []),
      ];
    }),
  );
}
