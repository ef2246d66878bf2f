import type { Think } from './think.ts';
import type { PerSecond, Seconds } from './units.ts';
import type { Wire } from './wire.ts';

/**
 * How a value that is not known beforehand is put into its place: `plain` as it is (text bodies), `part` percent-encoded (paths and queries), `url` with only that
 * encoded which a URL cannot carry, `header` without what a header cannot carry, `json` as the inside of a JSON text, `number` as a JSON value without quotes.
 */
export type Encoding = 'plain' | 'part' | 'url' | 'header' | 'json' | 'number';

/**
 * A piece of text, or something that is filled in for each request. `random`: a whole number, both ends included, drawn anew for each request. `row`: a column of the
 * feeder's row that this walk or session has. `variable`: what an earlier answer of the walk, or the login of its session, was extracted into. `sequence`: a whole
 * number that no other walk of the run has, counted from 1. `uuid`: one that no other request of any run has.
 */
export type Piece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'random'; readonly low: number; readonly high: number }
  | { readonly kind: 'row'; readonly feeder: string; readonly column: string; readonly as: Encoding }
  | { readonly kind: 'variable'; readonly name: string; readonly as: Encoding }
  | { readonly kind: 'sequence' }
  | { readonly kind: 'uuid' };

/** A template as data: its pieces in order. */
export type Template = readonly Piece[];

/** Something that is taken out of an answer into a variable: at a JSON pointer (RFC 6901), a header, or the first group of a regular expression over the body. An answer without it fails. */
export type Extraction =
  | { readonly kind: 'json'; readonly into: string; readonly pointer: string }
  | { readonly kind: 'header'; readonly into: string; readonly name: string }
  | { readonly kind: 'regex'; readonly into: string; readonly pattern: string };

export type Scalar = string | number | boolean | null;

/**
 * What an answer must be to be good. `status` also makes statuses from 400 up good that it names; without it everything below 400 is. `within` counts from
 * when the request was due. `has`: there is something at the JSON pointer; `json`: it is this.
 */
export type Check =
  | { readonly kind: 'status'; readonly among: readonly number[] }
  | { readonly kind: 'within'; readonly limit: Seconds }
  | { readonly kind: 'has'; readonly pointer: string }
  | { readonly kind: 'json'; readonly pointer: string; readonly equals: Scalar }
  | { readonly kind: 'contains'; readonly text: string }
  | { readonly kind: 'matches'; readonly pattern: string };

/** One request as it is sent and judged; results go by its name, which no other request of the script has. */
export type ScriptRequest = {
  readonly name: string;
  readonly method: string;
  readonly path: Template;
  readonly headers: Readonly<Record<string, Template>>;
  readonly body: Template | undefined;
  readonly extract: readonly Extraction[];
  readonly checks: readonly Check[];
  /** The pause before it is due, from the end of the answer before it; the first request of a walk is due when the walk is. */
  readonly think: Think | undefined;
};

/** What an arrival does: one request, or a walk of several, one after the other. A walk ends at its last request, or at the first answer that is not good. */
export type RequestClass = {
  readonly name: string;
  /** Its share of the arrivals. */
  readonly weight: number;
  /** Whether it is done in one of the sessions, with what its login extracted and its cookies; else a walk of several requests has cookies and variables of its own. */
  readonly session: boolean;
  readonly steps: readonly ScriptRequest[];
};

/** Rows that templates are filled from. */
export type Feeder = {
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** In order and from the front again, drawn by chance, or each row once in a run. */
  readonly order: 'sequential' | 'random' | 'unique';
  /** A feeder that the login names gives one row to each session for its whole life; any other gives a new one to each walk. */
  readonly per: 'session' | 'walk';
};

/** Sessions that are logged in before the first step and then used in turn by arrivals. */
export type Sessions = {
  /** How many, all workers together. */
  readonly size: number;
  /** Requests that open one, in order; none of them counts towards the mix. */
  readonly login: readonly ScriptRequest[];
};

/** What requests, caps and target come to: all a load engine needs, as plain data that crosses a thread. */
export type Script = {
  readonly target: string;
  readonly run: string;
  /** http://host:port, resolved and allowed. */
  readonly origin: string;
  /** The address that `origin` resolved to; connections go there and nowhere else. */
  readonly address: string;
  readonly wire: Wire;
  readonly classes: readonly RequestClass[];
  readonly feeders: readonly Feeder[];
  readonly sessions: Sessions | undefined;
  /** One in so many requests carries a `traceparent`. */
  readonly traceEvery: number | undefined;
  readonly arrivals: 'uniform' | 'poisson';
  /** How long users think between two arrivals; without it arrivals wait for nothing. */
  readonly think?: Think | undefined;
  readonly seed: number;
  readonly timeout: Seconds;
  readonly caps: Caps;
  readonly workers: number;
};

/** Limits that no request can raise. */
export type Caps = {
  readonly rate: PerSecond;
  readonly inFlight: number;
  readonly requests: number;
  readonly duration: Seconds;
};
