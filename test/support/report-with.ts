import type { Report } from '../../src/model/report.ts';

/** What of a report matters to an exit code; everything else is as in a plain run that saturated at 193/s. */
export type Changes = {
  readonly kind?: Report['verdict']['kind'];
  readonly state?: Report['run']['state'];
  readonly stopped?: Report['load']['stopped'];
  readonly headroom?: Report['headroom'];
  readonly objectives?: Report['objectives'];
};

export function reportWith(changes: Changes = {}): Report {
  return {
    schema: 'plimsoll/report/v1',
    version: '0.0.0',
    config: 'c0ffee',
    run: {
      id: 'r1',
      target: 'shop',
      kind: 'probe',
      from: '2026-01-31T14:00:00Z',
      to: '2026-01-31T14:05:00Z',
      state: changes.state ?? 'complete',
    },
    verdict: {
      kind: changes.kind ?? 'saturated',
      first: { component: 'bouncer', resource: 'server-pool', at: {} },
      set: [{ component: 'bouncer', resource: 'server-pool', at: {}, probability: 0.97 }],
      probability: 0.97,
      sentence: 'bouncer / server-pool saturates first, at 193/s',
      because: [],
    },
    capacity: {
      rate: { kind: 'interval', value: 193, low: 191, high: 195 },
      binds: 'physical',
      provenance: 'reached',
      fingerprint: 'f00d',
    },
    headroom: changes.headroom ?? null,
    current: null,
    next: null,
    remedy: null,
    resources: [],
    limits: [],
    scalability: { kind: 'not-carried', because: 'too few steps' },
    load: { axis: 'arrivals', steps: [], stopped: changes.stopped ?? null, recovery: null },
    generator: { verdict: 'ok', because: [] },
    objectives: changes.objectives ?? [],
    sheet: { windows: [], rows: [] },
    blind: [],
    notes: [],
  };
}
