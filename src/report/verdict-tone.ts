import type { Report } from '../model/report.ts';
import type { Tone } from './paint.ts';

const of = {
  saturated: 'bad',
  'near-tie': 'bad',
  'unobserved-limit': 'bad',
  'objective-limited': 'warn',
  'not-reached': 'good',
  'data-invalid': 'warn',
  'generator-limited': 'warn',
  'unstable-config': 'warn',
} as const satisfies Record<Report['verdict']['kind'], Tone>;

/** How a verdict is painted: bad where the target is limited, good where it is not, warn where there is no answer. */
export const verdictTone = (kind: Report['verdict']['kind']): Tone => of[kind];
