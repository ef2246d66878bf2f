/** How a request ended that was sent; `unfinished` was still under way when a halted load was done waiting. */
export const outcomeNames = [
  'good',
  'http_4xx',
  'http_5xx',
  'check_failed',
  'timeout',
  'reset_fresh',
  'reset_reused',
  'refused',
  'unreachable',
  'tls',
  'protocol',
  'dns',
  'local_resource',
  'unfinished',
] as const;
export type Outcome = (typeof outcomeNames)[number];

/**
 * Whose doing an outcome is: only the target's count as failed. A reused connection that was closed while it lay idle is the race of HTTP keep-alive,
 * which clients repair by asking again; what the generator's own machine refuses is no answer of the target's.
 */
export const outcomes: Readonly<Record<Outcome, 'none' | 'target' | 'race' | 'generator'>> = {
  good: 'none',
  http_4xx: 'target',
  http_5xx: 'target',
  check_failed: 'target',
  timeout: 'target',
  reset_fresh: 'target',
  reset_reused: 'race',
  refused: 'target',
  unreachable: 'target',
  tls: 'target',
  protocol: 'target',
  dns: 'target',
  local_resource: 'generator',
  unfinished: 'none',
};

/** Outcomes in which the target answered. */
export const answers: readonly Outcome[] = ['good', 'http_4xx', 'http_5xx', 'check_failed'];

/** Why a request was never sent: the generator was late for it, the cap on requests in flight was reached, or the load was stopped. */
export const shedReasons = ['lag', 'cap', 'stop'] as const;
export type ShedReason = (typeof shedReasons)[number];

/** What is known when a request fails without an answer. */
export type Failure = {
  /** The system's or undici's code, as ECONNREFUSED; CLOSED where the target hung up in good order. */
  readonly code: string;
  /** The request had been put on a connection; else none could be made. */
  readonly onSocket: boolean;
  /** How long (s) the connection had lain idle before, undefined on its first request. */
  readonly idle: number | undefined;
  /** Some of the answer had come. */
  readonly answering: boolean;
};

const byCode: Readonly<Record<string, Outcome>> = {
  ECONNREFUSED: 'refused',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  EHOSTDOWN: 'unreachable',
  ETIMEDOUT: 'unreachable',
  ENOTFOUND: 'dns',
  EAI_AGAIN: 'dns',
  EADDRNOTAVAIL: 'local_resource',
  EADDRINUSE: 'local_resource',
  EMFILE: 'local_resource',
  ENFILE: 'local_resource',
  ENOBUFS: 'local_resource',
  ENOMEM: 'local_resource',
  EPERM: 'local_resource',
};
const resets = ['ECONNRESET', 'EPIPE', 'ECONNABORTED', 'CLOSED', 'UND_ERR_SOCKET', 'UND_ERR_CLOSED', 'UND_ERR_INFO'];
/** Servers close connections that lie idle for a second or more; one in steady use is not closed by that race. */
const idleEnough = 0.5;

/** The outcome of an answer with this status; redirects are answers and are not followed. */
export function outcomeOf(status: number): Outcome {
  if (status >= 500) return 'http_5xx';
  return status >= 400 ? 'http_4xx' : 'good';
}

/** The outcome of a request that got no (whole) answer. What nothing explains was not HTTP: `protocol`. */
export function outcomeOfFailure(failure: Failure): Outcome {
  const { code, answering, idle } = failure;
  const known = Object.hasOwn(byCode, code) ? byCode[code] : undefined;
  if (known !== undefined) return known;
  if (resets.includes(code))
    return !answering && idle !== undefined && idle >= idleEnough ? 'reset_reused' : 'reset_fresh';
  return /TLS|SSL|CERT|SELF_SIGNED|UNABLE_TO/.test(code) ? 'tls' : 'protocol';
}

/** Whether it failed because no connection to the target could be made; `onSocket` says whether it was ever put on one. */
export function isConnectFailure(outcome: Outcome, onSocket: boolean): boolean {
  if (onSocket) return false;
  return outcomes[outcome] === 'target';
}
