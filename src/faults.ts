/** One kind of fault: its HTTP status, its exit code, and its sentence. */
type Fault = { readonly status: number; readonly exit: number; readonly say: (...words: string[]) => string };

/** Every fault that Plimsoll can report. Exit codes: DESIGN, surfaces. */
export const faults = {
  INTERNAL: { status: 500, exit: 1, say: (what: string) => `something in Plimsoll itself went wrong: ${what}` },
  USAGE: { status: 400, exit: 2, say: (what: string) => what },
  CONFIG_INVALID: { status: 400, exit: 2, say: (where: string, what: string) => `${where}: ${what}` },
  PLAN_INVALID: { status: 400, exit: 2, say: (why: string) => `the plan cannot run: ${why}` },
  TARGET_UNKNOWN: {
    status: 404,
    exit: 2,
    say: (name: string, known: string) => `there is no target "${name}" in the configuration; there is ${known}`,
  },
  TARGET_NOT_LOADABLE: {
    status: 403,
    exit: 2,
    say: (name: string) => `target "${name}" has no "load" in the configuration, so it may only be observed`,
  },
  ADDRESS_REFUSED: {
    status: 403,
    exit: 2,
    say: (address: string, why: string) => `no load goes to ${address}: ${why}`,
  },
  NOT_FOUND: { status: 404, exit: 2, say: (what: string) => `there is no ${what} here` },
  UNAUTHORIZED: { status: 401, exit: 2, say: () => 'this needs the token of the service as "Authorization: Bearer …"' },
  FORBIDDEN: { status: 403, exit: 2, say: (why: string) => why },
  RUN_UNKNOWN: { status: 404, exit: 2, say: (id: string) => `there is no run "${id}"` },
  RUN_BUSY: {
    status: 409,
    exit: 2,
    say: (what: string, run: string) =>
      `${what} is already under load by run ${run}; wait for it, or stop it with "plimsoll stop ${run}"`,
  },
  PROMETHEUS_UNREACHABLE: {
    status: 502,
    exit: 4,
    say: (url: string, why: string) => `no answer from Prometheus at ${url}: ${why}`,
  },
  PROMETHEUS_REFUSED: {
    status: 502,
    exit: 4,
    say: (url: string, why: string) => `Prometheus at ${url} refused the query: ${why}`,
  },
  PROMETHEUS_GARBLED: {
    status: 502,
    exit: 4,
    say: (url: string, why: string) => `what answers at ${url} is not Prometheus: ${why}`,
  },
  LOGIN_FAILED: {
    status: 502,
    exit: 4,
    say: (why: string) => `no load was sent, because a session could not be opened: ${why}`,
  },
  STOPPED_FOR_SAFETY: { status: 409, exit: 5, say: (why: string) => `the load was stopped for safety: ${why}` },
  STORE_BROKEN: {
    status: 500,
    exit: 1,
    say: (where: string, why: string) => `the store at ${where} cannot be used: ${why}`,
  },
} as const satisfies Record<string, Fault>;

export type FaultCode = keyof typeof faults;

/** A fault with its code; what is thrown where the caller cannot be expected to handle the outcome as an answer. */
export class PlimsollFault extends Error {
  readonly code: FaultCode;

  constructor(code: FaultCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'PlimsollFault';
    this.code = code;
  }
}

/** Builds the fault of a code from the words of its sentence. */
export function fault<C extends FaultCode>(
  code: C,
  words: Parameters<(typeof faults)[C]['say']>,
  cause?: unknown,
): PlimsollFault {
  const say: (...words: string[]) => string = faults[code].say;
  return new PlimsollFault(code, say(...words), cause === undefined ? undefined : { cause });
}
