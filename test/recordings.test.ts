import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { recordOfTraffic } from '../src/align/record-of-traffic.ts';
import { builtInPacks } from '../src/config/load-configuration.ts';
import type { Report } from '../src/model/report.ts';
import { epoch, seconds } from '../src/model/units.ts';
import { conclude } from '../src/run/conclude.ts';
import { type Recording, readRecording } from './lab/recording.ts';
import { thinned } from './lab/thinned.ts';
import { exportersOf, withoutExporter } from './lab/without-exporter.ts';
import { tried } from './support/tried.ts';

/** Runs on real servers, kept by `npm run lab:record`; what each must say follows from how it was set up. */
const folder = new URL('lab/recordings/', import.meta.url);
const recordings = readdirSync(folder)
  .filter((file) => file.endsWith('.json.gz'))
  .map((file) => ({ name: file.replace('.json.gz', ''), ...readRecording(new URL(file, folder)) }));

const judged = ({ order, record, collected }: Recording): Report => conclude(order, record, collected);

/** Each as it is, once. */
const asRecorded = new Map<Recording, Report>();
function judgedOnce(recording: Recording): Report {
  const report = asRecorded.get(recording) ?? judged(recording);
  asRecorded.set(recording, report);
  return report;
}
const named = (one: { readonly component: string; readonly resource: string } | null): string | undefined =>
  one === null ? undefined : `${one.component} / ${one.resource}`;

test('there are recordings, one of each kind of limit and one without', () => {
  const roots = recordings.map(({ expected }) => expected.first ?? expected.verdict);
  expect(new Set(roots)).toEqual(
    new Set([
      'api / pool',
      'bouncer / server-pool',
      'api / cpu-quota',
      'db / cpu-quota',
      'db / locks',
      'db / connections',
      'api / event-loop',
      'nodes / cpu',
      'generator-limited',
      'not-reached',
    ]),
  );
});

test.each(recordings)('$name, judged at the scrape, is $expected.verdict: $expected.first', (recording) => {
  const { verdict, resources } = judgedOnce(recording);
  expect(verdict.kind, verdict.sentence).toBe(recording.expected.verdict);
  expect(named(verdict.first), verdict.sentence).toBe(recording.expected.first);
  const symptoms = resources.filter(({ state }) => state === 'symptom').map(named);
  for (const symptom of recording.expected.symptoms) expect(symptoms).toContain(symptom);
});

const counted = recordings.filter(({ expected }) => expected.capacity !== undefined);

test.each(counted)('$name carries what arithmetic says, $expected.capacity, within a tenth', (recording) => {
  const { capacity, verdict } = judgedOnce(recording);
  if (capacity?.rate.kind !== 'interval') throw new Error(`its capacity is no interval: ${verdict.sentence}`);
  expect(Math.abs(capacity.rate.value / (recording.expected.capacity ?? 0) - 1), verdict.sentence).toBeLessThan(0.1);
});

const packs = await builtInPacks();
const lessened = recordings.flatMap((recording) =>
  exportersOf(recording.collected).map((job) => ({ name: recording.name, job, recording })),
);

test.each(lessened)(
  '$name without the exporter $job names nothing wrong, and does not say that all is well',
  ({ job, recording }) => {
    const { components } = recording.order;
    const collected = withoutExporter(recording.collected, job, { components, packs });
    const { verdict } = judged({ ...recording, collected });
    const isRight = named(verdict.first) === recording.expected.first && verdict.kind === recording.expected.verdict;
    const isDoubt = ['near-tie', 'unobserved-limit', 'objective-limited'].includes(verdict.kind);
    const isBound = verdict.kind === 'not-reached' && cutShort(recording);
    expect(isRight || isDoubt || isBound, `${verdict.kind}: ${verdict.sentence}`).toBe(true);
  },
);

/** Its last window does not count, because the load was ended in it: what lies beyond the others was not looked at. */
const cutShort = ({ record }: Recording): boolean => record.windows.at(-1)?.complete === false;

/** What is told otherwise where it is only observed, although the readings would tell it, and why. */
const otherwise: Readonly<Record<string, { readonly kind: string; readonly why: string }>> = {
  'flask-8-workers-more-connections': {
    kind: 'unobserved-limit',
    why: 'what ends after its client has gone counts as a good answer: it makes a window of many of them after the load',
  },
};

for (const recording of recordings)
  test(`${recording.name}, observed from Prometheus alone, says the same`, {
    fails: Object.hasOwn(otherwise, recording.name),
  }, () => {
    const { verdict } = observed(recording);
    // Who only observes cannot know that the generator was at its limit: nothing is named there either.
    const isSilent = recording.expected.verdict === 'generator-limited' && verdict.first === null;
    expect(isSilent || isAnswerOrDoubt(verdict, recording), verdict.sentence).toBe(true);
    if (recording.expected.first !== undefined) expect(verdict.kind).not.toBe('data-invalid');
  });

test.each(Object.entries(otherwise))(
  '%s, observed, is told otherwise, and nothing wrong is named',
  (name, { kind, why }) => {
    const recording = recordings.find((one) => one.name === name);
    if (recording === undefined) throw new Error(`the recording ${name} is missing`);
    expect(observed(recording).verdict, why).toMatchObject({ kind, first: null });
  },
);

function observed({ order, record, collected }: Recording): Report {
  if (collected.traffic === undefined) throw new Error('the recording has no traffic');
  const last = Math.max(...collected.traffic.completions.map(({ times }) => times.at(-1) ?? 0));
  const witnessed = recordOfTraffic(collected.traffic, { from: record.span.from, to: epoch(last) });
  return conclude({ ...order, load: undefined }, witnessed, collected);
}

/** Long windows were recorded to be thinned; what is thinned of short ones says little. */
const seedsFor = (windows: number): readonly number[] =>
  tried([1, 2, 3, 4, 5, 6, 7, 8].slice(0, windows >= 60 ? 8 : 2), 1);
const lasting = ({ record }: Recording): number => Math.max(...record.windows.map(({ span }) => span.to - span.from));

/** A scrape at which four samples fall into a window, and the next usual one, at which there may be too few. What the kubelet keeps is two thirds of a scrape old. */
const slower = recordings.flatMap((recording) => {
  const enough = Math.floor(lasting(recording) / 4);
  const seeds = seedsFor(lasting(recording));
  return [enough, enough < 15 ? 15 : 30].map((scrape) => {
    const late = scrape === enough ? Math.floor((2 * scrape) / 3) : 10;
    return { title: `${recording.name} at ${scrape} s`, scrape, late, seeds, isEnough: scrape <= enough, recording };
  });
});

test.each(slower)('$title says the same, or that it cannot tell', ({ scrape, late, seeds, isEnough, recording }) => {
  const told = seeds.map((seed) => {
    const collected = thinned(recording.collected, { scrape: seconds(scrape), late: seconds(late), seed });
    return { seed, verdict: judged({ ...recording, collected }).verdict };
  });
  const wrong = told.filter(({ verdict }) => !isAnswerOrDoubt(verdict, recording));
  expect(wrong.map(({ seed, verdict }) => `seed ${seed}: ${verdict.kind}: ${verdict.sentence}`)).toEqual([]);
  const answers = told.filter(({ verdict }) => verdict.kind !== 'data-invalid');
  expect(answers.length).toBeGreaterThanOrEqual(isEnough ? seeds.length : 0);
});

function isAnswerOrDoubt({ kind, first, set }: Report['verdict'], { expected }: Recording): boolean {
  if (kind === 'data-invalid') return true;
  if (kind === 'near-tie' || kind === 'unobserved-limit') return set.some((one) => named(one) === expected.first);
  return kind === expected.verdict && named(first) === expected.first;
}

test('a pooler whose exporter is missing is a limit that nobody sees, although the pool before it is full', () => {
  const recording = recordings.find(({ name }) => name === 'bouncer-pool');
  if (recording === undefined) throw new Error('the recording bouncer-pool is missing');
  const { components } = recording.order;
  const collected = withoutExporter(recording.collected, 'pgbouncer', { components, packs });
  const { verdict } = judged({ ...recording, collected });
  expect(verdict.kind, verdict.sentence).toBe('unobserved-limit');
});

test('a row that everybody wants, where no exporter tells who waits for whom, may be a lock, and not the processor of the database', () => {
  const recording = recordings.find(({ name }) => name === 'hot-row');
  if (recording === undefined) throw new Error('the recording hot-row is missing');
  const signals = recording.collected.signals.filter(({ resource }) => !['locks', 'waits'].includes(resource.resource));
  const { verdict } = judged({ ...recording, collected: { ...recording.collected, signals } });
  expect(verdict.kind, verdict.sentence).toBe('unobserved-limit');
  expect(verdict.sentence).toMatch(/What fits: a lock/);
});
