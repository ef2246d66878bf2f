import type { Findings, ResourceFinding } from '../../src/model/finding.ts';
import { epoch, perSecond, ratio } from '../../src/model/units.ts';

/** Findings of a target where nothing was found. */
export const nothing: Findings = {
  resources: [],
  candidates: [],
  unobserved: ratio(1),
  blindBelow: [],
  plateau: undefined,
  objective: undefined,
  capacity: { rate: { kind: 'at-least', low: 600 }, binds: 'physical', provenance: 'lower-bound' },
  carried: perSecond(600),
  next: [],
  expected: [],
  heldByBlind: undefined,
  behindUnread: undefined,
  scalability: { kind: 'not-carried', because: 'too few windows' },
  blind: [],
  notes: [],
};

export const candidate = (resource: string, probability: number) => ({
  component: 'api',
  resource,
  at: {},
  probability: ratio(probability),
});

export const finding = (resource: string, given: Partial<ResourceFinding> = {}): ResourceFinding => ({
  resource: { component: 'api', resource, kind: 'pool', layer: 'hold', unit: 'connections', hard: false },
  at: {},
  state: 'free',
  peak: { usage: 1, ceiling: 2, ratio: ratio(0.5) },
  curve: [],
  onset: undefined,
  demand: undefined,
  capacity: undefined,
  leak: undefined,
  proofs: [],
  because: undefined,
  ...given,
});

export const onset = { above: perSecond(160), upTo: perSecond(200), time: epoch(1000), probability: ratio(0.9) };
export const reached = {
  rate: { kind: 'interval', value: 193, low: 190, high: 196 },
  binds: 'physical',
  provenance: 'reached',
} as const;
