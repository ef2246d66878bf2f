import type { Report } from '../../src/model/report.ts';
import { run } from './run.ts';

/** A run with these steps. */
export const loaded = (steps: Report['load']['steps'], axis: Report['load']['axis'] = 'arrivals') =>
  run('r', { load: { axis, steps, stopped: null, recovery: null } });
