import type { Change } from '../model/collected.ts';
import { number } from '../model/in-words.ts';
import { fits, type Labels, textOf } from '../model/labels.ts';
import type { ChangeRow, Variant } from '../model/pack.ts';
import type { SampleSeries } from '../model/signal.ts';
import type { Span } from '../model/span.ts';
import { epoch } from '../model/units.ts';
import { type Candidate, candidatesOf } from './candidates.ts';
import { type Choice, choose, fetchAll } from './fetch.ts';
import { type Reading, scopeOf } from './read-source.ts';
import { selectorsOf } from './resolve.ts';
import { resourceIn } from './rows.ts';
import { samplesOf, withoutCopies } from './samples.ts';

type Step = { readonly at: number; readonly before: number; readonly now: number };
type Watched = {
  readonly row: ChangeRow;
  readonly series: readonly SampleSeries[];
  readonly meanwhile: readonly SampleSeries[] | undefined;
};

/** How long before or after a rise its reason may show. */
const sameMoment = 120;

/** What happened to a component inside the span, by the change rows of one pack. Of several rows about one step of one series the first tells it. */
export async function readChanges(reading: Reading, span: Span, stop: AbortSignal): Promise<readonly Change[]> {
  const rows = (reading.pack.changes ?? []).filter(({ needs = [] }) =>
    needs.every((key) => (reading.located[key] ?? []).length > 0),
  );
  if (rows.length === 0) return [];
  const lists = rows.flatMap((row) => [listOf(reading, row, { gauge: row.series }), meanwhileOf(reading, row)]);
  const choice = await choose(reading.source, lists, span, stop);
  const { series: pool } = await fetchAll(reading.source, choice, span, stop, 'counted');
  const told = new Set<string>();
  return rows.flatMap((row, index) => {
    const watched = watchedOf(reading, row, choice, index, pool);
    return changesOf(watched, span, reading).filter((change) => isFirst(told, watched.row, change));
  });
}

function listOf(reading: Reading, row: ChangeRow, variant: Variant): readonly Candidate[] {
  const where = { ...row.where, ...variant.where };
  return candidatesOf(
    reading.pack,
    row.workload ? { workload: row.workload } : {},
    [{ ...variant, where }],
    scopeOf(reading),
  );
}

function meanwhileOf(reading: Reading, row: ChangeRow): readonly Candidate[] {
  if (row.while === undefined) return [];
  return listOf(reading, row, { gauge: [row.while] });
}

function watchedOf(
  reading: Reading,
  row: ChangeRow,
  { chosen }: Choice,
  index: number,
  pool: readonly SampleSeries[],
): Watched {
  const of = (candidate: Candidate | undefined): readonly SampleSeries[] =>
    candidate
      ? withoutCopies(
          selectorsOf(candidate).flatMap((selector) => samplesOf(pool, selector)),
          reading.pack.copies ?? [],
        )
      : [];
  return {
    row,
    series: of(chosen[2 * index]),
    meanwhile: row.while === undefined ? undefined : of(chosen[2 * index + 1]),
  };
}

function isFirst(told: Set<string>, row: ChangeRow, change: Change): boolean {
  const key = `${row.series} ${textOf(change.labels)} ${change.at}`;
  if (told.has(key)) return false;
  told.add(key);
  return true;
}

function changesOf({ row, series, meanwhile }: Watched, span: Span, { component, pack }: Reading): readonly Change[] {
  const first = Math.min(...series.map(({ times }) => times[0] ?? Number.POSITIVE_INFINITY));
  return series.flatMap((one) =>
    stepsOf[row.when](one, first)
      .filter((step) => step.at > span.from && step.at <= span.to)
      .filter((step) => !meanwhile || meanwhile.some((other) => isTrueAt(other, one.labels, step.at)))
      .map((step) => ({
        at: epoch(step.at),
        component: component.name,
        what: row.what,
        labels: one.labels,
        text: worded(row.text, one.labels, step),
        ...refusalOf(row, one.labels, { pack, component }),
      })),
  );
}

/** Which resource refused, where that is why it happened, and the PromQL that shows it. */
function refusalOf(
  { refused_by: id, what }: ChangeRow,
  { __name__: name, ...labels }: Labels,
  { pack: told, component }: Pick<Reading, 'pack' | 'component'>,
): Pick<Change, 'refusedBy'> {
  const { pack, exporter, resources = [] } = told;
  const resource = resources.find((one) => one.id === id);
  if (resource === undefined) return {};
  const tests = Object.entries(labels).map(([label, value]) => `${label}=${JSON.stringify(value)}`);
  const promql = `rate(${name ?? ''}{${tests.join(',')}}[1m])`;
  const reads = what === 'out-of-memory' ? { reads: '$number killed a second' } : {};
  return {
    refusedBy: {
      resource: resourceIn(component, resource),
      evidence: { role: 'refusals', source: `${pack}: ${exporter}`, promql, ...reads },
    },
  };
}

const stepsOf: Readonly<Record<ChangeRow['when'], (series: SampleSeries, first: number) => readonly Step[]>> = {
  rises: (series) => steps(series).filter(({ before, now }) => now > before),
  changes: (series) => steps(series).filter(({ before, now }) => now !== before),
  appears: (series, first) => {
    const at = series.times[0] ?? first;
    return at > first ? [{ at, before: 0, now: series.values[0] ?? 0 }] : [];
  },
};

function steps({ times, values }: SampleSeries): readonly Step[] {
  return [...times.keys()]
    .slice(1)
    .map((index) => ({ at: times[index] ?? 0, before: values[index - 1] ?? 0, now: values[index] ?? 0 }));
}

/** Whether another series of the same thing (what both say, they say alike) shows a 1 around that time. */
function isTrueAt(other: SampleSeries, labels: Labels, at: number): boolean {
  const { __name__: _, ...own } = other.labels;
  if (!fits(own, labels)) return false;
  return other.times.some((time, index) => Math.abs(time - at) <= sameMoment && (other.values[index] ?? 0) > 0);
}

function worded(text: string, labels: Labels, { before, now }: Step): string {
  return text.replace(/\$([a-z_]+)/g, (_, name: string) => {
    if (name === 'from') return number(before);
    if (name === 'to') return number(now);
    return labels[name] ?? name;
  });
}
