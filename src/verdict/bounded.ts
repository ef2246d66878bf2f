import type { Findings } from '../model/finding.ts';
import type { Verdict } from '../model/verdict.ts';

const noAnswer: readonly Verdict['kind'][] = [
  'data-invalid',
  'generator-limited',
  'unstable-config',
  'unobserved-limit',
];

/** Where a run has no answer, or what limits is not seen and where all others end says nothing of it, nothing is extrapolated: what was carried is carried, and no more is said. */
export function bounded(findings: Findings, verdict: Verdict): Findings {
  const { capacity, carried } = findings;
  if (!noAnswer.includes(verdict.kind) || capacity?.provenance !== 'extrapolated' || carried === undefined)
    return findings;
  return {
    ...findings,
    capacity: { ...capacity, rate: { kind: 'at-least', low: carried }, provenance: 'lower-bound' },
  };
}
