import type { Labels } from '../model/labels.ts';
import type { Note } from '../model/note.ts';
import type { SampleSeries } from '../model/signal.ts';
import type { Found, Instant } from './source.ts';

/** What an HTTP answer of Prometheus came to. */
export type Answer =
  | { readonly kind: 'success'; readonly result: readonly unknown[]; readonly notes: readonly Note[] }
  | { readonly kind: 'refused'; readonly why: string; readonly isTooLarge: boolean }
  | { readonly kind: 'busy'; readonly why: string }
  | { readonly kind: 'garbled'; readonly why: string };

const busy = [429, 502, 503, 504];

/**
 * Reads the body of an answer as Prometheus means it: values with ±Inf, warnings, infos and partial answers as notes.
 * Never throws: what is no answer of Prometheus is told as garbled.
 */
export function answerOf(status: number, body: string, source: string): Answer {
  if (status >= 300 && status < 400) {
    return { kind: 'garbled', why: `it redirects (${status}); configure the address that it leads to` };
  }
  const said = parsed(body);
  if (status === 401 || status === 403) return { kind: 'refused', why: denied(status), isTooLarge: false };
  if (!said) return unreadable(status, body);
  if (said.status !== 'success') return failure(status, said);
  const inner = recordOf(said.data);
  const result = inner?.result;
  if (!inner || !Array.isArray(result)) return { kind: 'garbled', why: 'its answer has no result' };
  return {
    kind: 'success',
    result: inner.resultType === 'scalar' ? [scalarAsVector(result)] : result,
    notes: notesIn(said, source),
  };
}

const denied = (status: number): string =>
  `${status}, it wants to know who asks; give bearer_token_file, basic_auth or tenant for it`;

function unreadable(status: number, body: string): Answer {
  if (busy.includes(status)) return { kind: 'busy', why: `it answers ${status}` };
  if (/^\s*</.test(body))
    return { kind: 'garbled', why: `it answers with a web page (${status}); check the address and its path` };
  if (body.trim() === '') return { kind: 'garbled', why: `its answer is empty (${status})` };
  return { kind: 'garbled', why: `its answer is not JSON (${status})` };
}

function failure(status: number, said: Readonly<Record<string, unknown>>): Answer {
  const words = typeof said.error === 'string' ? said.error.slice(0, 300) : undefined;
  if (busy.includes(status)) return { kind: 'busy', why: words ?? `it answers ${status}` };
  if (words === undefined) return { kind: 'garbled', why: `its answer tells neither success nor an error (${status})` };
  return {
    kind: 'refused',
    why: `${status}, ${words}`,
    isTooLarge: /too many samples|exceeded|too large/i.test(words),
  };
}

function parsed(body: string): Readonly<Record<string, unknown>> | undefined {
  try {
    return recordOf(JSON.parse(body));
  } catch {
    return undefined;
  }
}

const recordOf = (value: unknown): Readonly<Record<string, unknown>> | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : undefined;

const scalarAsVector = (value: readonly unknown[]): unknown => ({ metric: {}, value });

function notesIn(said: Readonly<Record<string, unknown>>, source: string): readonly Note[] {
  const texts = [...listOf(said.warnings), ...listOf(said.infos)].map((text) => `Prometheus "${source}" says: ${text}`);
  const partial =
    said.isPartial === true ? [`the answer of Prometheus "${source}" is partial: some of its stores are missing`] : [];
  return [...texts, ...partial].map((text) => ({ about: 'data', text }));
}

const listOf = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === 'string').map((one) => one.slice(0, 300)) : [];

/** The label sets of an answer. */
export const labelSetsIn = (result: readonly unknown[]): readonly Labels[] =>
  result.map((one) => labelsOf(recordOf(one)?.metric));

/** The values of an instant vector; native histograms have none and are left out. */
export function instantsIn(result: readonly unknown[]): readonly Instant[] {
  return result.flatMap((one) => {
    const entry = recordOf(one);
    const pair = entry?.value;
    const value = Array.isArray(pair) ? numberOf(pair[1]) : Number.NaN;
    return Number.isNaN(value) ? [] : [{ labels: labelsOf(entry?.metric), value }];
  });
}

/** The samples of a matrix, times strictly rising; NaN (stale, or a quantile of nothing) is left out, ±Inf stays. */
export function samplesIn(result: readonly unknown[]): readonly SampleSeries[] {
  return result.flatMap((one) => {
    const entry = recordOf(one);
    const pairs: readonly unknown[] = Array.isArray(entry?.values) ? entry.values : [];
    const series = columns(labelsOf(entry?.metric), pairs);
    return series.times.length > 0 ? [series] : [];
  });
}

function columns(labels: Labels, pairs: readonly unknown[]): SampleSeries {
  const times = new Float64Array(pairs.length);
  const values = new Float64Array(pairs.length);
  let count = 0;
  for (const pair of pairs) {
    const time = Array.isArray(pair) && typeof pair[0] === 'number' ? pair[0] : Number.NaN;
    const value = Array.isArray(pair) ? numberOf(pair[1]) : Number.NaN;
    const isNext = count === 0 || time > (times[count - 1] ?? 0);
    if (Number.isNaN(value) || !Number.isFinite(time) || !isNext) continue;
    times[count] = time;
    values[count] = value;
    count += 1;
  }
  return { labels, times: times.slice(0, count), values: values.slice(0, count) };
}

/** Prometheus writes numbers as texts, and the endless ones as +Inf and -Inf. */
function numberOf(text: unknown): number {
  if (text === '+Inf' || text === 'Inf') return Number.POSITIVE_INFINITY;
  if (text === '-Inf') return Number.NEGATIVE_INFINITY;
  return typeof text === 'string' && text.trim() !== '' ? Number(text) : Number.NaN;
}

function labelsOf(value: unknown): Labels {
  const entries = Object.entries(recordOf(value) ?? {}).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  return Object.fromEntries(entries);
}

/** The parts of one answer put together: samples of one series follow each other, none twice. */
export function joined(parts: readonly Found<SampleSeries>[]): Found<SampleSeries> {
  const groups = Map.groupBy(
    parts.flatMap(({ series }) => series),
    ({ labels }) => JSON.stringify(Object.entries(labels).sort()),
  );
  return {
    series: [...groups.values()].flatMap((group) => (group.length === 1 ? group : [concatenated(group)])),
    notes: parts.flatMap(({ notes }) => notes),
  };
}

function concatenated(group: readonly SampleSeries[]): SampleSeries {
  const pairs = group
    .flatMap(({ times, values }) => [...times].map((time, index): [number, number] => [time, values[index] ?? 0]))
    .sort((a, b) => a[0] - b[0])
    .filter(([time], index, all) => index === 0 || time > (all[index - 1]?.[0] ?? 0));
  return {
    labels: group[0]?.labels ?? {},
    times: Float64Array.from(pairs, ([time]) => time),
    values: Float64Array.from(pairs, ([, value]) => value),
  };
}
