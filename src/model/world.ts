import type { Clock } from './clock.ts';
import type { Collected, LiveReadings } from './collected.ts';
import type { Recovery, StepRecord } from './load-record.ts';
import type { Order } from './order.ts';
import type { Step } from './plan.ts';
import type { Script } from './script.ts';
import type { Span } from './span.ts';
import type { Tally } from './tally.ts';

/** An open load: workers and connections live as long as the run. */
export interface Load extends AsyncDisposable {
  /** Offers one step and tells what became of it, a record for each of its windows; ends early, marked incomplete, when `stop` is aborted. No request starts later than 1 s after that. */
  readonly offer: (step: Step, stop: AbortSignal) => Promise<readonly [StepRecord, ...StepRecord[]]>;
  /** What was counted up to now; may be read while a step runs. */
  readonly tally: () => Tally;
  /** Index of the step that runs or ran last, of one with several windows that of the window; 0 before the first. */
  readonly step: () => number;
  /** Which phase the running step is in. */
  readonly phase: () => 'settle' | 'measure' | 'watch';
  /** After the load: a few probing requests a second until latency is back near `baseline` seconds, for at most `longest` seconds. */
  readonly watch: (baseline: number, longest: number, stop: AbortSignal) => Promise<Recovery>;
}

/** Everything outside that a run needs, handed to it by the app. */
export interface World {
  readonly clock: Clock;
  readonly openLoad: (script: Script, stop: AbortSignal) => Promise<Load>;
  readonly live: (order: Order, stop: AbortSignal) => Promise<LiveReadings>;
  readonly collect: (order: Order, span: Span, stop: AbortSignal) => Promise<Collected>;
}
