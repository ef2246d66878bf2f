import { mean, quantile, sampleStandardDeviation } from 'simple-statistics';
import { binomialInterval } from '../../src/stats/binomial-interval.ts';
import { studentTQuantile } from '../../src/stats/student-t-quantile.ts';
import { naiveRules } from './naive.ts';
import { reaches, type Scored } from './score.ts';

/** One score over a number of worlds: a share of them, or the mean or median of a quantity. */
export type Score = {
  readonly name: string;
  readonly kind: 'share' | 'mean' | 'median';
  readonly n: number;
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** What is aimed at, in words, and whether the value meets it. */
  readonly target: string | null;
  readonly met: boolean | null;
};

/** A score's name, how it sums up, and what is aimed at. */
type Aim = {
  readonly name: string;
  readonly kind: Score['kind'];
  readonly target?: { readonly say: string; readonly met: (value: number) => boolean };
};

const percent = (value: number): string => `${Number((value * 100).toPrecision(3))} %`;
const atLeast = (bound: number) => ({ say: `≥ ${percent(bound)}`, met: (value: number) => value >= bound });
const atMost = (bound: number) => ({ say: `≤ ${percent(bound)}`, met: (value: number) => value <= bound });
const between = (low: number, high: number) => ({
  say: `${percent(low)} to ${percent(high)}`,
  met: (value: number) => value >= low && value <= high,
});

const errorTargets = [0.02, undefined, 0.06, 0.15, undefined];

const perReach = (of: (reach: (typeof reaches)[number], i: number) => readonly Aim[]): readonly Aim[] =>
  reaches.flatMap((reach, i) => of(reach, i));

/** First @1, a symptom as root and false "saturated" of the naive rules. */
const naiveScores = ['naive @1', 'naive symptom', 'naive false'] as const;

const aims: readonly Aim[] = [
  { name: 'first @1', kind: 'share', target: atLeast(0.97) },
  { name: 'first @2', kind: 'share' },
  { name: 'symptom as root', kind: 'share', target: atMost(0.01) },
  { name: 'confident and right', kind: 'share', target: atLeast(0.95) },
  { name: 'confident and wrong, one missing', kind: 'share', target: atMost(0) },
  { name: 'kind', kind: 'share' },
  { name: 'false saturated', kind: 'share', target: atMost(0.005) },
  { name: 'unobserved recognised', kind: 'share', target: atLeast(0.95) },
  { name: 'generator recognised', kind: 'share' },
  { name: 'expected first', kind: 'share' },
  { name: 'next', kind: 'share', target: atLeast(0.9) },
  { name: 'onset', kind: 'share', target: atLeast(0.95) },
  { name: 'brier', kind: 'mean', target: { say: '≤ 0.06', met: (value) => value <= 0.06 } },
  ...perReach((reach, i) => [
    { name: `answered ${reach}`, kind: 'share' },
    {
      name: `error ${reach}`,
      kind: 'mean',
      ...(errorTargets[i] === undefined ? {} : { target: atMost(errorTargets[i]) }),
    },
    { name: `signed ${reach}`, kind: 'mean' },
    { name: `covered ${reach}`, kind: 'share', target: between(0.93, 0.97) },
    { name: `width ${reach}`, kind: 'median' },
    { name: `width ratio ${reach}`, kind: 'median', target: { say: '≤ 2', met: (value) => value <= 2 } },
  ]),
  { name: 'bound holds', kind: 'share' },
  ...naiveScores.flatMap((score) => naiveRules.map((rule): Aim => ({ name: `${score}: ${rule}`, kind: 'share' }))),
];

/** How many worlds the closing figures rest on, at least: unsaturated ones, those with back-pressure, intervals in each class of reach that has a target. */
const closing: Readonly<Record<string, number>> = {
  'false saturated': 600,
  'symptom as root': 300,
  'covered reached': 450,
  'covered 60–80 %': 450,
  'covered 30–60 %': 450,
};

/** Scores that rest on too few worlds for closing figures, with how many there are and how many there should be. */
export const tooFew = (scores: readonly Score[]): readonly string[] =>
  Object.entries(closing).flatMap(([name, least]) => {
    const n = scores.find((score) => score.name === name)?.n ?? 0;
    return n < least ? [`${name}: ${n} of ${least}`] : [];
  });

/** Whether a score is a share of worlds. */
export const isShare = (name: string): boolean => aims.some((aim) => aim.name === name && aim.kind === 'share');

/** All scores over some worlds; those that apply to none of them are left out. */
export function scoresOf(worlds: readonly Scored[]): readonly Score[] {
  return aims.flatMap((aim) => {
    const marks = worlds.flatMap(({ marks }) => marks[aim.name] ?? []);
    return marks.length === 0 ? [] : [scoreOf(aim, marks)];
  });
}

function scoreOf({ name, kind, target }: Aim, marks: readonly number[]): Score {
  const interval = intervalOf(kind, marks);
  const value = interval.value;
  return {
    name,
    kind,
    n: marks.length,
    value,
    low: interval.low,
    high: interval.high,
    target: target?.say ?? null,
    met: target ? target.met(value) : null,
  };
}

type Range = { readonly value: number; readonly low: number | null; readonly high: number | null };

/** Shares by Wilson, means by Student's t, medians by the order statistics that the binomial law names. */
function intervalOf(kind: Score['kind'], marks: readonly number[]): Range {
  const n = marks.length;
  if (kind === 'share') {
    const { value, low, high } = binomialInterval(
      marks.reduce((sum, each) => sum + each, 0),
      n,
    );
    return { value, low, high };
  }
  if (kind === 'mean') {
    const value = mean([...marks]);
    if (n < 2) return { value, low: null, high: null };
    const half = (studentTQuantile(0.975, n - 1) * sampleStandardDeviation([...marks])) / Math.sqrt(n);
    return { value, low: value - half, high: value + half };
  }
  const sorted = marks.toSorted((a, b) => a - b);
  const reach = (1.96 * Math.sqrt(n)) / 2;
  return {
    value: quantile(sorted, 0.5),
    low: sorted[Math.max(0, Math.floor(n / 2 - reach))] ?? null,
    high: sorted[Math.min(n - 1, Math.ceil(n / 2 + reach))] ?? null,
  };
}

/** How often each kind was said where each was right. */
export function confusionOf(worlds: readonly Scored[]): Readonly<Record<string, Readonly<Record<string, number>>>> {
  const rows = Map.groupBy(worlds, ({ right }) => right.kinds[0] ?? 'none');
  return Object.fromEntries(
    [...rows]
      .toSorted(([a], [b]) => a.localeCompare(b))
      .map(([kind, group]) => {
        const said = Map.groupBy(group, (one) => one.said.kind);
        return [kind, Object.fromEntries([...said].map(([key, list]) => [key, list.length]).toSorted())];
      }),
  );
}

/** How often the first candidate was right, by the probability that was told of it. */
export function reliabilityOf(
  worlds: readonly Scored[],
): readonly { readonly told: string; readonly mean: number; readonly right: number; readonly n: number }[] {
  const bounds = [0, 0.5, 0.7, 0.8, 0.9, 0.95, 1.0001];
  const judged = worlds.filter(({ said, marks }) => said.probability !== null && marks.brier !== undefined);
  return bounds.slice(1).flatMap((high, i) => {
    const low = bounds[i] ?? 0;
    const inside = judged.filter(({ said }) => (said.probability ?? 0) >= low && (said.probability ?? 0) < high);
    if (inside.length === 0) return [];
    const right = inside.filter((one) => one.right.first.includes(one.said.first[0] ?? ''));
    return [
      {
        told: `${low}–${Math.min(1, high)}`,
        mean: mean(inside.map(({ said }) => said.probability ?? 0)),
        right: right.length / inside.length,
        n: inside.length,
      },
    ];
  });
}
