import type { Comparison } from '../model/comparison.ts';
import type { Diagnosis } from '../model/diagnosis.ts';
import type { Note } from '../model/note.ts';
import type { Plan } from '../model/plan.ts';
import type { Beat } from '../model/pulse.ts';
import type { Report } from '../model/report.ts';
import type { Span } from '../model/span.ts';
import type { Epoch, Seconds } from '../model/units.ts';

/** How a result is written. */
export const formats = ['text', 'json', 'markdown', 'junit', 'html'] as const;
export type Format = (typeof formats)[number];

/** Somewhere to write, and what it can show. */
export type Channel = {
  readonly write: (text: string) => void;
  readonly isTerminal: boolean;
  readonly columns: number;
  readonly colour: boolean;
};

/** How text is laid out for the one who reads it. */
export type Look = { readonly columns: number; readonly colour: boolean };

/** What a run tells while it goes on: a stage it reached, or a beat of the running load. */
export type Progress =
  | { readonly kind: 'stage'; readonly text: string }
  | { readonly kind: 'note'; readonly note: Note }
  | { readonly kind: 'beat'; readonly beat: Beat };

/** What a configuration came to. */
export type Checked = {
  readonly file: string;
  readonly targets: readonly {
    readonly name: string;
    readonly components: readonly string[];
    readonly loadable: boolean;
  }[];
  readonly notes: readonly Note[];
};

/** What a run would do, without doing it. */
export type Rehearsal = {
  readonly target: string;
  readonly origin: string;
  readonly plan: Plan;
  /** The plan in words, a line for each step. */
  readonly steps: readonly string[];
  readonly requests: number;
  readonly duration: Seconds;
  /** What is sent, line by line. */
  readonly sends: readonly string[];
  readonly queries: readonly { readonly about: string; readonly promql: string }[];
  readonly stopRules: readonly string[];
  readonly notes: readonly Note[];
};

/** A file that a generator made; `path` counts from the top of the house. */
export type Generated = { readonly path: string; readonly text: string };

export const generators = ['dashboards', 'rules', 'all'] as const;
export type Generator = (typeof generators)[number];

/** What a configuration is to be begun from. */
export type Wish = {
  /** The address of a Prometheus to look at; undefined where none is to be asked. */
  readonly prometheus: string | undefined;
  readonly from: { readonly kind: 'har' | 'openapi' | 'log'; readonly file: string } | undefined;
  /** Where load is to go. */
  readonly url: string | undefined;
  /** Whether requests that may change things are to be sent too. */
  readonly writes: boolean;
  /** The file that is to be written, with rows beside it; undefined where it is only printed. */
  readonly to: string | undefined;
};

/** The text of a configuration that was begun, the files of rows that it names, and what to tell about it. */
export type Begun = { readonly text: string; readonly rows: readonly Generated[]; readonly notes: readonly string[] };

/** What k6 is to run, by how many instances of it, and where they write their metrics (undefined: the first Prometheus of the configuration). */
export type K6Wish = { readonly target: string; readonly runners: number; readonly writeTo: string | undefined };

/** The work behind the commands; `config` is always the path of the configuration file. */
export interface Commands {
  readonly check: (config: string) => Promise<Checked>;
  /** Looks at every target and its Prometheus; sends no load. */
  readonly doctor: (config: string, tell: (progress: Progress) => void, stop: AbortSignal) => Promise<Diagnosis>;
  /** Begins a configuration; sends no load. */
  readonly init: (wish: Wish, tell: (progress: Progress) => void, stop: AbortSignal) => Promise<Begun>;
  readonly rehearse: (config: string, target: string) => Promise<Rehearsal>;
  readonly run: (
    config: string,
    target: string,
    tell: (progress: Progress) => void,
    stop: AbortSignal,
  ) => Promise<Report>;
  readonly observe: (
    config: string,
    order: { readonly target: string; readonly span: Span },
    tell: (progress: Progress) => void,
    stop: AbortSignal,
  ) => Promise<Report>;
  /** Each run is the id of a kept run, or the path of a report in JSON; a side of several is repeats of one set-up, and else the reports tell what is. */
  readonly compare: (config: string, sides: readonly (readonly string[])[]) => Promise<Comparison>;
  /** Asks a run to stop, or all of them; tells how many were asked. */
  readonly stop: (config: string, run: string | undefined) => Promise<number>;
  /** Resolves when the service has ended after `stop`; `listening` is called with its address. */
  readonly serve: (config: string, listening: (url: string) => void, stop: AbortSignal) => Promise<void>;
  readonly generate: (what: Generator) => Promise<readonly Generated[]>;
  /** A target's plan and requests as files for k6, and what a reader of its results should know. */
  readonly generateK6: (
    config: string,
    wish: K6Wish,
    stop: AbortSignal,
  ) => Promise<{ readonly files: readonly Generated[]; readonly notes: readonly string[] }>;
  readonly printReport: (report: Report, format: Format, look: Look) => Promise<string>;
  readonly printComparison: (comparison: Comparison, format: Format, look: Look) => Promise<string>;
}

/** Everything outside that the command line needs. */
export interface Handed {
  readonly version: string;
  /** The configuration that is read when no `--config` is given. */
  readonly config: string;
  readonly stdout: Channel;
  readonly stderr: Channel;
  readonly now: () => Epoch;
  /** Aborted by the first signal: the load stops within a second, and what there is becomes a partial report. */
  readonly stop: AbortSignal;
  /** Keeps a generated file below `folder` and tells where it lies. */
  readonly keep: (folder: string, file: Generated) => Promise<string>;
  /** Writes a new file; a file that is there is left as it is, and that is a fault. */
  readonly create: (path: string, text: string) => Promise<void>;
  /** Tells the exit code; does not exit. */
  readonly exit: (code: number) => void;
  /** Loads the work behind the commands: not before a command needs it, because it is what takes time to load. */
  readonly commands: () => Promise<Commands>;
}
