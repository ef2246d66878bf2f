import { duration, number } from '../model/in-words.ts';
import type { Rehearsal } from './handed.ts';

/** What a run would do, for someone who decides whether it may: steps, totals, queries, stop rules. */
export function rehearsalInWords(rehearsal: Rehearsal): string {
  const { plan, steps, queries, stopRules, notes } = rehearsal;
  return [
    `${rehearsal.target} at ${rehearsal.origin}, plan ${plan.name}: ${number(rehearsal.requests)} requests in ${duration(rehearsal.duration)} at most`,
    'sends',
    ...rehearsal.sends.map((line) => `  ${line}`),
    'steps',
    ...steps.map((step) => `  ${step}`),
    'stops by itself',
    ...stopRules.map((rule) => `  ${rule}`),
    'asks Prometheus',
    ...queries.map(({ about, promql }) => `  ${about}: ${promql}`),
    ...notes.map((note) => `note: ${note.text}`),
    'nothing was sent',
  ].join('\n');
}
