import type { Scored } from './score.ts';
import { confusionOf, reliabilityOf, type Score, scoresOf } from './scoreboard.ts';

/** Scores that are not shares of something, but pure numbers. */
const plain = /^(brier|width ratio)/;

/** The scoreboard as text: everything in total, then a line for each family, then what was said where. */
export function scoreboardInWords(worlds: readonly Scored[], title: string): string {
  return [
    title,
    '',
    ...totals(scoresOf(worlds)),
    '',
    'Each family: worlds, first @1, symptom as root, kind, capacity error where reached, covered, next; then the naive rules',
    ...familyLines(worlds),
    '',
    'What was said (across) where which kind was right',
    ...confusionLines(worlds),
    '',
    'Probability told of the first, and how often it was right',
    ...reliabilityOf(worlds).map(
      ({ told, mean, right, n }) => `  ${told.padEnd(12)} told ${mean.toFixed(3)}  right ${right.toFixed(3)}  n ${n}`,
    ),
    '',
  ].join('\n');
}

function totals(scores: readonly Score[]): readonly string[] {
  const head = `${'score'.padEnd(42)}${'n'.padStart(6)}${'value'.padStart(10)}   ${'95 % interval'.padEnd(20)}target`;
  return [head, '-'.repeat(head.length + 8), ...scores.map(totalLine)];
}

function totalLine(score: Score): string {
  const { name, n, value, low, high, target, met } = score;
  const interval = low === null || high === null ? '' : `${inWords(name, low)} to ${inWords(name, high)}`;
  const aim = target === null ? '' : `${target}  ${met ? 'met' : 'MISSED'}`;
  return `${name.padEnd(42)}${String(n).padStart(6)}${inWords(name, value).padStart(10)}   ${interval.padEnd(20)}${aim}`.trimEnd();
}

function inWords(name: string, value: number | null): string {
  if (value === null) return '-';
  return plain.test(name) ? value.toFixed(3) : `${(value * 100).toFixed(1)} %`;
}

const columns = [
  'first @1',
  'symptom as root',
  'kind',
  'error reached',
  'covered reached',
  'next',
  'naive @1: first over 80 %',
  'naive @1: fullest at the plateau',
  'naive @1: correlation with latency',
] as const;

function familyLines(worlds: readonly Scored[]): readonly string[] {
  const byFamily = [...Map.groupBy(worlds, ({ family }) => family)].toSorted(([a], [b]) => a - b);
  return byFamily.map(([family, group]) => {
    const scores = new Map(scoresOf(group).map((score) => [score.name, score]));
    const cells = columns.map((name) => {
      const score = scores.get(name);
      return (score === undefined ? '-' : inWords(name, score.value)).padStart(9);
    });
    const title = `${String(family).padStart(2)} ${group[0]?.name ?? ''}`;
    return `  ${title.padEnd(42)}${String(group.length).padStart(5)}${cells.join('')}`;
  });
}

function confusionLines(worlds: readonly Scored[]): readonly string[] {
  return Object.entries(confusionOf(worlds)).map(
    ([kind, said]) =>
      `  ${kind.padEnd(20)}${Object.entries(said)
        .toSorted(([, a], [, b]) => b - a)
        .map(([each, n]) => `${each} ${n}`)
        .join(', ')}`,
  );
}
