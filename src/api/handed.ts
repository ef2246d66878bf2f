import type { Clock } from '../model/clock.ts';
import type { Comparison } from '../model/comparison.ts';
import type { Beat } from '../model/pulse.ts';
import type { Report } from '../model/report.ts';
import type { Caps } from '../model/script.ts';
import type { Span } from '../model/span.ts';
import type { Store } from '../model/store.ts';
import type { Seconds } from '../model/units.ts';

/** Who may do what. Reading is open to whoever can connect. */
export type Access = {
  /** The address that the service is bound to. */
  readonly host: string;
  /** Needed for every request that changes something; without one (empty is none), nothing but loopback may start load. */
  readonly token: string | undefined;
};

/** A target as the configuration has it now. */
export type Target = {
  readonly name: string;
  readonly components: readonly string[];
  /** The limits that no request can raise; undefined where the target may only be observed. */
  readonly caps: Caps | undefined;
  readonly watch: { readonly observe: Seconds | undefined; readonly probe: string | undefined };
};

/** How a report is told. */
export type Tellings = {
  readonly line: (report: Report) => string;
  readonly text: (report: Report) => string;
  readonly markdown: (report: Report) => string;
  /** A whole page, which may run only those of its scripts and styles that carry the nonce; it is new for every answer. */
  readonly html: (report: Report, nonce: string) => string;
};

export type Readiness = { readonly ready: true } | { readonly ready: false; readonly why: string };

/** Everything that the API is handed; what rejects with a fault is answered by the table of faults. */
export interface Handed {
  readonly version: string;
  readonly access: Access;
  readonly clock: Clock;
  readonly store: Pick<Store, 'run' | 'runs' | 'report' | 'latest' | 'latestAnswer' | 'requestStop'>;
  readonly targets: () => readonly Target[];
  /** Starts load on a target; resolves with the run's id once it has begun. `caps` only ever lower those of the configuration. */
  readonly probe: (order: { readonly target: string; readonly caps: Partial<Caps> }) => Promise<string>;
  /** Starts to judge a window whose load others made; resolves with the run's id once it has begun. */
  readonly observe: (order: { readonly target: string; readonly span: Span }) => Promise<string>;
  /** The beats of a run until it ends, from now on; ends at once for a run that no longer runs, or runs in another process. */
  readonly beats: (run: string, stop: AbortSignal) => AsyncIterable<Beat>;
  /** `sizes`: how many of the reports, in their order, are repeats of each set-up; all 1 where the reports are to tell. */
  readonly compare: (reports: readonly Report[], sizes: readonly number[]) => Comparison;
  readonly tell: Tellings;
  /** The page of metrics in the text format 0.0.4. */
  readonly metrics: () => Promise<string>;
  readonly ready: () => Readiness;
  /** Reads the configuration again; rejects with CONFIG_INVALID where the old one stays in force. */
  readonly reload: () => Promise<void>;
  /** Something broke that is nobody's mistake but ours; for the log. */
  readonly broke: (cause: unknown, where: string) => void;
}
