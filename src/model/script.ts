import type { PerSecond, Seconds } from './units.ts';

/** A piece of text, or something drawn anew for each request. */
export type Piece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'random'; readonly low: number; readonly high: number };

/** A template as data: its pieces in order. */
export type Template = readonly Piece[];

/** One kind of request of the mix. */
export type RequestClass = {
  readonly name: string;
  readonly weight: number;
  readonly method: string;
  readonly path: Template;
  readonly headers: Readonly<Record<string, Template>>;
  readonly body: Template | undefined;
};

/** What requests, caps and target come to: all a load engine needs, as plain data that crosses a thread. */
export type Script = {
  readonly target: string;
  readonly run: string;
  /** http://host:port, resolved and allowed. */
  readonly origin: string;
  /** The address that `origin` resolved to; connections go there and nowhere else. */
  readonly address: string;
  readonly classes: readonly RequestClass[];
  readonly arrivals: 'uniform' | 'poisson';
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
