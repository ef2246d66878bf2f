import type { Change, Collected } from '../../src/model/collected.ts';
import type { Order } from '../../src/model/order.ts';
import { seeded } from '../../src/model/random.ts';
import type { SampleSeries, Signal } from '../../src/model/signal.ts';
import type { Span } from '../../src/model/span.ts';
import { epoch, perSecond, seconds } from '../../src/model/units.ts';
import { normalDraws } from '../support/normal-draws.ts';

/** Days of others' load in text: what arrived hour by hour, what a request costs, and what happened. A moment is a day and its fraction: 3.5 is noon of the fourth day. */
export type Days = {
  readonly title: string;
  readonly order: Order;
  readonly span: Span;
  readonly collected: Collected;
  readonly expectations: readonly (readonly string[])[];
};

const day = 86_400;
/** The first midnight (UTC) after 1.7 · 10⁹. */
const start = 1_700_006_400;
/** Points as a long span is read: one every so many seconds. */
const step = 300;

type Lines = (name: string) => readonly (readonly string[])[];

/** Reads one file; each line is a list of words, and the first tells what it is. */
export function readDays(text: string): Days {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const words = lines.filter((line) => !line.startsWith('#')).map((line) => line.trim().split(/\s+/));
  const named: Lines = (name) => words.filter(([first]) => first === name).map(([, ...rest]) => rest);
  const span = { from: epoch(start), to: epoch(start + Number(named('days')[0]?.[0]) * day) };
  const rate = rateOf(named, normalDraws(seeded(7)));
  const rates = Array.from({ length: (span.to - span.from) / step }, (_, i) => rate((i + 0.5) * (step / day)));
  const answers = counted(rates);
  return {
    title: lines[0]?.slice(1).trim() ?? '',
    span,
    order: {
      run: 'days',
      target: 'shop',
      config: 'days',
      version: '0',
      components: named('component').map(([name = '', , on]) => ({
        name,
        on,
        calls: [],
        signals: [],
        workload: undefined,
        replica: undefined,
        ceilings: {},
      })),
      traffic: undefined,
      objectives: { latency: [], errors: undefined, throughput: undefined },
      reference: { kind: 'expected', load: perSecond(Math.max(...rates)) },
      load: undefined,
    },
    collected: {
      signals: named('uses').flatMap((line, i) => signalsOf(line, named, rates, normalDraws(seeded(100 + i)))),
      traffic: {
        completions: [answers],
        errors: [],
        durations: [{ ...answers, values: answers.values.map((value) => 0.05 * value) }],
        buckets: [],
        inFlight: [],
        interval: seconds(step),
        promql: 'answers',
      },
      changes: named('rollout').map(([component = '', at = '0']): Change => {
        const moment = epoch(start + Number(at) * day);
        return { at: moment, component, what: 'rollout', labels: {}, text: `${component} was rolled out` };
      }),
      blind: [],
      notes: [],
    },
    expectations: named('expect'),
  };
}

/** `load h0 h1 …`: a rate an hour, linear between them; `weekend 0.7` on the sixth and seventh day; `noise 0.05` of it. */
function rateOf(named: Lines, normal: () => number): (at: number) => number {
  const hours = (named('load')[0] ?? []).map(Number);
  const [weekend, noise] = ['weekend', 'noise'].map((name) =>
    Number(named(name)[0]?.[0] ?? (name === 'weekend' ? 1 : 0)),
  );
  return (at) => {
    const hour = (at % 1) * hours.length;
    const [before, after] = [hours[Math.floor(hour)] ?? 0, hours[Math.ceil(hour) % hours.length] ?? 0];
    const calm = Math.floor(at) % 7 >= 5 ? (weekend ?? 1) : 1;
    return Math.max(0.1, calm * (before + (after - before) * (hour % 1)) * (1 + (noise ?? 0) * normal()));
  };
}

/**
 * `uses db.cpu /8 each .045 background .4 scatter .01`: cores a request and anyway, each day's cost a little different by `scatter`.
 * `cost db.cpu 1.2 from 4.5` makes it dearer from a moment on, `drift db.cpu 1.03` by the day; `job db.cpu 3 at .13 for .035` comes every day.
 * `work db.queries 4 for db.cpu` counts what is done: so many a request, and as many more as the cost is dearer.
 */
function signalsOf(
  words: readonly string[],
  named: Lines,
  rates: readonly number[],
  normal: () => number,
): readonly Signal[] {
  const [name = '', ceiling = '/1'] = words;
  const at = (word: string): number => Number(words[words.indexOf(word) + 1] ?? 0) * (words.includes(word) ? 1 : 0);
  const daily = Array.from({ length: rates.length }, () => 1 + at('scatter') * normal());
  const of =
    (line: string): Lines =>
    () =>
      named(line).filter(([whose]) => whose === name);
  const dearer = (moment: number): number =>
    of('cost')('').reduce((factor, [, by, , from]) => (moment >= Number(from) ? factor * Number(by) : factor), 1) *
    of('drift')('').reduce((factor, [, by]) => factor * Number(by) ** moment, 1);
  const jobs = (moment: number): number =>
    of('job')('').reduce((sum, [, cores, , begins, , lasts, ...only]) => {
      const isOn = moment % 1 >= Number(begins) && moment % 1 < Number(begins) + Number(lasts);
      const today = only.length === 0 || only.includes(String(Math.floor(moment)));
      return isOn && today ? sum + Number(cores) : sum;
    }, 0);
  const each = rates.map((rate, i) => {
    const moment = (i + 0.5) * (step / day);
    const own = daily[Math.floor(moment)] ?? 1;
    return at('background') + at('each') * dearer(moment) * own * rate + jobs(moment);
  });
  const signal = (one: string, role: Signal['role'], values: readonly number[]): Signal => {
    const [component = '', resource = ''] = one.split('.');
    return {
      resource: { component, resource, kind: 'rate', layer: 'leaf', unit: 'cores', hard: false },
      at: {},
      role,
      form: role === 'ceiling' ? 'gauge' : 'counter',
      parts: [role === 'ceiling' ? gauge(values) : counted(values)],
      less: [],
      over: [],
      scale: 1,
      interval: seconds(step),
      evidence: { role, source: 'days', promql: one },
    };
  };
  const works = named('work').filter(([, , , whose]) => whose === name);
  return [
    signal(name, 'usage', each),
    signal(
      name,
      'ceiling',
      rates.map(() => Number(ceiling.slice(1))),
    ),
    ...works.flatMap(([work = '', many]) => [
      signal(
        work,
        'usage',
        rates.map((rate) => 0.001 * rate),
      ),
      signal(
        work,
        'completions',
        rates.map((rate, i) => Number(many) * dearer((i + 0.5) * (step / day)) * rate),
      ),
    ]),
  ];
}

/** A counter that rises at these rates, one a step. */
function counted(rates: readonly number[]): SampleSeries {
  const values = new Float64Array(rates.length + 1);
  for (const [i, rate] of rates.entries()) values[i + 1] = (values[i] ?? 0) + rate * step;
  return { labels: {}, times: values.map((_, i) => start + i * step), values };
}

/** A level, told in the middle of each step. */
const gauge = (values: readonly number[]): SampleSeries => ({
  labels: {},
  times: Float64Array.from(values, (_, i) => start + (i + 0.5) * step),
  values: Float64Array.from(values),
});
