import { expect } from 'vitest';
import type { Report } from '../../src/model/report.ts';

/** What each kind of expectation asks of a report. */
export const asks: Readonly<Record<string, (report: Report, words: readonly string[]) => void>> = {
  verdict: (report, [kind]) => expect(report.verdict.kind, report.verdict.sentence).toBe(kind),
  first: (report, [name]) =>
    expect(`${report.verdict.first?.component}.${report.verdict.first?.resource}`, report.verdict.sentence).toBe(name),
  probability: (report, [, least]) => expect(report.verdict.probability ?? 0).toBeGreaterThanOrEqual(Number(least)),
  state: (report, [name, state]) => expect(resource(report, name)?.state).toBe(state),
  onset: (report, [name, above, upTo]) =>
    expect(resource(report, name)?.onset?.load).toEqual({
      above: above === '_' ? null : Number(above),
      upTo: Number(upTo),
    }),
  capacity: (report, [low, high]) => {
    const rate = report.capacity?.rate;
    const point = rate?.kind === 'interval' ? rate.value : rate?.kind === 'at-least' ? rate.low : Number.NaN;
    expect(point).toBeGreaterThanOrEqual(Number(low));
    expect(point).toBeLessThanOrEqual(Number(high));
  },
  bound: (report, [kind]) => expect(report.capacity?.rate.kind).toBe(kind),
  binds: (report, [what]) => expect(report.capacity?.binds).toBe(what),
  headroom: (report, [low, high]) => {
    const share = report.headroom?.ratio;
    const point = share?.kind === 'interval' ? share.value : share?.kind === 'at-least' ? share.low : Number.NaN;
    expect(point).toBeGreaterThanOrEqual(Number(low));
    expect(point).toBeLessThanOrEqual(Number(high));
  },
  next: (report, [name]) => expect(`${report.next?.component}.${report.next?.resource}`).toBe(name),
  among: (report, names) =>
    expect(report.verdict.set.map((one) => `${one.component}.${one.resource}`).toSorted()).toEqual(
      [...names].toSorted(),
    ),
  expected: (report, [name]) =>
    expect(`${report.verdict.set[0]?.component}.${report.verdict.set[0]?.resource}`).toBe(name),
  says: (report, words) => expect(report.verdict.sentence).toContain(words.join(' ')),
  notes: (report, words) => expect(report.notes.join('\n')).toContain(words.join(' ')),
  silent: (report, words) => expect(report.notes.join('\n')).not.toContain(words.join(' ')),
  demand: (report, [name, low, high]) => {
    const each = resource(report, name)?.demand?.perRequest;
    expect(each?.kind === 'interval' ? each.value : Number.NaN).toBeGreaterThanOrEqual(Number(low));
    expect(each?.kind === 'interval' ? each.value : Number.NaN).toBeLessThanOrEqual(Number(high));
  },
  own: (report, [name, truth, widest]) => {
    const rate = resource(report, name)?.capacity?.rate;
    const [low, high] = rate?.kind === 'interval' ? [rate.low, rate.high] : [Number.NaN, Number.NaN];
    expect(low).toBeLessThanOrEqual(Number(truth));
    expect(high).toBeGreaterThanOrEqual(Number(truth));
    expect((high - low) / Number(truth)).toBeLessThanOrEqual(Number(widest));
  },
  unknown: (report, [name]) => expect(resource(report, name)?.demand).toBeNull(),
  blind: (report, [component]) => expect(report.blind.map((spot) => spot.component)).toContain(component),
};

const resource = (report: Report, name = '') =>
  report.resources.find((one) => `${one.component}.${one.resource}` === name);
