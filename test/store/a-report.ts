import type { Report } from '../../src/model/report.ts';

type Resource = Report['resources'][number];

/** A capacity, or a headroom, with ±5 % around it. */
const around = (value: number) => ({ kind: 'interval', value, low: value * 0.95, high: value * 1.05 }) as const;

/** Headroom of a capacity of `capacity` at `load` requests a second. */
export function headroomAt(load: number, capacity: number): NonNullable<Report['headroom']> {
  return {
    load,
    reference: 'expected',
    ratio: around(1 - load / capacity),
    multiplier: around(capacity / load),
    spare: around(capacity - load),
  };
}

/** One resource that carries `capacity` requests a second and was 97 % full at its peak. */
export function aResource(component: string, resource: string, more: Partial<Resource> = {}): Resource {
  return {
    component,
    resource,
    at: {},
    kind: 'pool',
    layer: 'hold',
    unit: 'connections',
    state: 'free',
    because: null,
    peak: { usage: 19.4, ceiling: 20, ratio: 0.97 },
    curve: [0.5, 0.97],
    onset: null,
    demand: null,
    capacity: { rate: around(500), provenance: 'reached', extrapolation: 1 },
    headroom: headroomAt(400, 500),
    evidence: [],
    ...more,
  };
}

/** A report of target shop: db / pool saturated first, 500/s, headroom 20 % at 400/s. */
export function aReport(id: string, more: Partial<Report> = {}, target = 'shop'): Report {
  return {
    schema: 'plimsoll/report/v1',
    version: '0.1.0',
    config: 'c0ffee',
    run: {
      id,
      target,
      kind: 'probe',
      from: '2026-11-21T03:00:00.000Z',
      to: '2026-11-21T03:05:00.000Z',
      state: 'complete',
    },
    verdict: {
      kind: 'saturated',
      first: { component: 'db', resource: 'pool', at: {} },
      set: [{ component: 'db', resource: 'pool', at: {}, probability: 0.93 }],
      probability: 0.93,
      sentence: 'db / pool saturated first, at 480/s.',
      because: [],
    },
    capacity: { rate: around(500), binds: 'physical', provenance: 'reached', fingerprint: 'f00d' },
    headroom: headroomAt(400, 500),
    current: headroomAt(300, 500),
    next: null,
    remedy: null,
    resources: [
      aResource('db', 'pool', { state: 'root' }),
      aResource('api', 'cpu', { kind: 'servers', layer: 'leaf' }),
    ],
    limits: [],
    scalability: { kind: 'not-carried', because: 'two windows are too few' },
    load: { axis: 'arrivals', steps: [], stopped: null, recovery: null },
    generator: { verdict: 'ok', because: [] },
    objectives: [],
    sheet: { windows: [], rows: [] },
    blind: [],
    notes: [],
    ...more,
  };
}

/** A report of a run that came to no answer. */
export function anInvalidReport(id: string, target = 'shop'): Report {
  const because = ['Prometheus has no samples for 3 of 6 windows'];
  const verdict = {
    kind: 'data-invalid',
    first: null,
    set: [],
    probability: null,
    sentence: 'No answer: data.',
    because,
  } as const;
  const nothing = { capacity: null, headroom: null, current: null, resources: [] };
  return aReport(id, { ...nothing, verdict: { ...verdict, set: [], because } }, target);
}
