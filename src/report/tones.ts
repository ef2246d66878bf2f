import type { Report } from '../model/report.ts';
import type { Tone } from './paint.ts';

/** How the state of a resource is painted. */
export const tones = {
  root: 'bad',
  symptom: 'warn',
  busy: 'warn',
  starved: 'warn',
  bystander: 'warn',
  free: 'good',
  blind: 'faint',
} as const satisfies Record<Report['resources'][number]['state'], Tone>;
