import type { StepRecord } from './load-record.ts';
import type { Step } from './plan.ts';

/** How a step went, from the load's own numbers alone. */
export type Grade = 'pass' | 'fail' | 'inconclusive';

/** A step that was offered, with what became of it. */
export type Trial = { readonly step: Step; readonly record: StepRecord; readonly grade: Grade };
