import { readFileSync, writeFileSync } from 'node:fs';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { Collected } from '../../src/model/collected.ts';
import type { LoadRecord } from '../../src/model/load-record.ts';
import type { Order } from '../../src/model/order.ts';
import type { SampleSeries } from '../../src/model/signal.ts';

/** What a set-up must come to, by its construction. */
export type Expected = {
  readonly verdict: string;
  /** component / resource, or nothing where none is to be named. */
  readonly first: string | undefined;
  readonly symptoms: readonly string[];
  /** Requests a second by arithmetic, where that gives them. */
  readonly capacity: number | undefined;
};

/** What `conclude` was given for one set-up, and what it must say. */
export type Recording = {
  readonly expected: Expected;
  readonly order: Order;
  readonly record: LoadRecord;
  readonly collected: Collected;
};

/** Series of one scrape share their times: they are kept once, as milliseconds from one sample to the next. */
type Packed = { readonly times: readonly (readonly number[])[]; readonly rest: unknown };
type PackedSeries = {
  readonly labels: SampleSeries['labels'];
  readonly at: number;
  readonly of: readonly (number | string)[];
};

export function writeRecording(file: URL, recording: Recording): void {
  writeFileSync(file, gzipSync(pack(recording), { level: 9 }));
}

export const readRecording = (file: URL): Recording => unpack(gunzipSync(readFileSync(file)).toString());

export function pack(recording: Recording): string {
  const times = new Map<string, number>();
  const packSeries = ({ labels, times: at, values }: SampleSeries): PackedSeries => {
    const key = JSON.stringify(gaps(at));
    const index = times.get(key) ?? times.size;
    times.set(key, index);
    return { labels, at: index, of: Array.from(values, (value) => (Number.isFinite(value) ? value : String(value))) };
  };
  const rest: unknown = JSON.parse(
    JSON.stringify(recording, (_, value: unknown) => (isSeries(value) ? packSeries(value) : value)),
  );
  const packed: Packed = { times: [...times.keys()].map((key) => JSON.parse(key)), rest };
  return JSON.stringify(packed);
}

export function unpack(text: string): Recording {
  const { times, rest }: Packed = JSON.parse(text);
  const epochs = times.map((list) => {
    let last = 0;
    return list.map((gap) => {
      last += gap;
      return last / 1000;
    });
  });
  const seriesOf = ({ labels, at, of }: PackedSeries): SampleSeries => ({
    labels,
    times: Float64Array.from(epochs[at] ?? []),
    values: Float64Array.from(of, Number),
  });
  return revived(rest, (value) => {
    if (isPacked(value)) return seriesOf(value);
    return isStepOfBefore(value) ? { ...value, requests: [], slowest: [] } : value;
  }) as Recording;
}

/** What was parsed, with everything in it as `revive` has it, the innermost first. */
function revived(value: unknown, revive: (value: object) => object): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (isPacked(value)) return revive(value);
  if (Array.isArray(value)) return value.map((each: unknown) => revived(each, revive));
  return revive(Object.fromEntries(Object.entries(value).map(([key, each]) => [key, revived(each, revive)])));
}

/** Recorded before steps told each request by itself. */
const isStepOfBefore = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && 'errorsByClass' in value && !('requests' in value);

function gaps(times: Float64Array): readonly number[] {
  const milliseconds = Array.from(times, (time) => Math.round(time * 1000));
  return milliseconds.map((time, i) => time - (milliseconds[i - 1] ?? 0));
}

const isSeries = (value: unknown): value is SampleSeries =>
  typeof value === 'object' && value !== null && 'times' in value && value.times instanceof Float64Array;

const isPacked = (value: unknown): value is PackedSeries =>
  typeof value === 'object' && value !== null && 'at' in value && 'of' in value && Array.isArray(value.of);
