import { readFile } from 'node:fs/promises';
import prometheusQuery from 'prometheus-query';
import { fault, type PlimsollFault } from '../faults.ts';
import type { Clock } from '../model/clock.ts';
import type { PrometheusSource } from '../model/configuration.ts';
import type { Random } from '../model/random.ts';
import { seconds } from '../model/units.ts';
import { type Answer, answerOf } from './answer.ts';

type Driver = InstanceType<typeof prometheusQuery.PrometheusDriver>;
type Options = ConstructorParameters<typeof prometheusQuery.PrometheusDriver>[0];
type Request = Parameters<NonNullable<Options['requestInterceptor']>['onFulfilled']>[0];

/** A question: an expression at one time, or every `step` seconds from `from` to `at`. Times in epoch seconds. */
export type Question = {
  readonly promql: string;
  readonly at: number;
  readonly every: { readonly from: number; readonly step: number } | undefined;
};

/** Time and dice for waiting between attempts. */
export type Waiting = { readonly clock: Clock; readonly random: Random };

/** An answer may not be larger than this: beyond it the question is cut in two. */
const largest = 32 * 1024 * 1024;
/** Prometheus lets 20 queries run at a time, for everybody. */
const atOnce = 4;
const attempts = 4;
/** Series that one answer may hold. */
const mostSeries = 20_000;

/** How each kind of engine is told to answer with raw and whole data. */
const manners: Readonly<Record<PrometheusSource['flavor'], Readonly<Record<string, string>>>> = {
  auto: {},
  prometheus: {},
  victoriametrics: { nocache: '1' },
  thanos: { dedup: 'true', partial_response: 'false', max_source_resolution: '0s' },
  mimir: {},
};

/** Asks one Prometheus: at most four questions at a time, each tried again while it is busy or away. */
export type Ask = (question: Question, stop: AbortSignal) => Promise<Answer & { readonly kind: 'success' | 'refused' }>;

/**
 * Opens the way to a Prometheus. Secrets are read from their files for each question and stand in no message.
 *
 * @throws (when asked) PROMETHEUS_UNREACHABLE, PROMETHEUS_GARBLED; PROMETHEUS_REFUSED only where asking for less would not help
 */
export function client(source: PrometheusSource, { clock, random }: Waiting): Ask {
  const gate = gateOf(atOnce);
  return async (question, stop) => {
    const leave = await gate(stop);
    try {
      return await persist(source, question, stop, { clock, random });
    } finally {
      leave();
    }
  };
}

async function persist(
  source: PrometheusSource,
  question: Question,
  stop: AbortSignal,
  { clock, random }: Waiting,
): ReturnType<Ask> {
  const deadline = clock.monotonic() + source.timeout;
  for (let attempt = 1; ; attempt++) {
    const outcome = await once(source, question, stop, deadline - clock.monotonic());
    if (outcome.kind === 'success') return outcome;
    if (outcome.kind === 'refused' && outcome.isTooLarge) return outcome;
    const isLast = attempt >= attempts || clock.monotonic() >= deadline;
    if (outcome.kind === 'refused' || outcome.kind === 'garbled' || isLast) throw faultOf(source, outcome);
    await clock.sleep(seconds(0.1 * 2 ** attempt * (1 + random() / 2)), stop);
    stop.throwIfAborted();
  }
}

type Outcome = Answer | { readonly kind: 'away'; readonly why: string };

function faultOf({ url }: PrometheusSource, outcome: Exclude<Outcome, { readonly kind: 'success' }>): PlimsollFault {
  const codes = {
    refused: 'PROMETHEUS_REFUSED',
    garbled: 'PROMETHEUS_GARBLED',
    busy: 'PROMETHEUS_UNREACHABLE',
    away: 'PROMETHEUS_UNREACHABLE',
  } as const;
  return fault(codes[outcome.kind], [url, outcome.why]);
}

async function once(source: PrometheusSource, question: Question, stop: AbortSignal, left: number): Promise<Outcome> {
  stop.throwIfAborted();
  const headers = await headersOf(source);
  const driver = driverOf(source, headers, stop, Math.max(1, left));
  try {
    const { status, body } = rawOf(await sent(driver, question));
    return answerOf(status, body, source.name);
  } catch (error) {
    stop.throwIfAborted();
    return awayOf(error);
  }
}

function sent(driver: Driver, { promql, at, every }: Question): Promise<{ readonly result: unknown }> {
  return every === undefined
    ? driver.instantQuery(promql, at * 1000)
    : driver.rangeQuery(promql, every.from * 1000, at * 1000, every.step);
}

/**
 * The library's own reading of answers (±Inf, native histograms, warnings) never runs: the whole body is handed on as one text.
 * It follows no redirect, uses no proxy of the environment, and takes no answer without end.
 */
function driverOf(source: PrometheusSource, headers: Record<string, string>, stop: AbortSignal, left: number): Driver {
  const sendAs = (request: Request): Request => {
    const manner = { ...manners[source.flavor], limit: String(mostSeries) };
    if (request.data instanceof URLSearchParams) {
      for (const [key, value] of Object.entries(manner)) request.data.set(key, value);
    }
    return Object.assign(request, {
      signal: stop,
      maxRedirects: 0,
      proxy: false,
      maxContentLength: largest,
      responseType: 'text',
      transformResponse: (body: unknown) => body,
      validateStatus: () => true,
    });
  };
  return new prometheusQuery.PrometheusDriver({
    endpoint: source.url.replace(/\/+$/, ''),
    preferPost: true,
    headers,
    timeout: Math.ceil(left * 1000),
    requestInterceptor: { onFulfilled: sendAs },
    responseInterceptor: {
      onFulfilled: (response) => ({
        ...response,
        data: {
          status: 'success',
          data: { resultType: 'string', result: { status: response.status, body: String(response.data ?? '') } },
        },
      }),
    },
  });
}

function rawOf({ result }: { readonly result: unknown }): { readonly status: number; readonly body: string } {
  return result as { readonly status: number; readonly body: string };
}

function awayOf(error: unknown): Outcome {
  const { error: said, code } = error as { readonly error?: unknown; readonly code?: unknown };
  const words = typeof said === 'string' ? said : 'no connection';
  if (words.includes('maxContentLength')) {
    return { kind: 'refused', why: 'its answer is larger than 32 MiB', isTooLarge: true };
  }
  if (code === 'ECONNABORTED') return { kind: 'away', why: 'it did not answer in time' };
  if (code === 'ECONNREFUSED') return { kind: 'away', why: 'nothing listens there (ECONNREFUSED)' };
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return { kind: 'away', why: `its name is not known (${code})` };
  return { kind: 'away', why: typeof code === 'string' ? `the connection failed (${code})` : 'the connection failed' };
}

async function headersOf(source: PrometheusSource): Promise<Record<string, string>> {
  const read = Object.entries(source.headersFile).map(async ([name, file]) => [name, await secretIn(file)] as const);
  const { tenant, bearerTokenFile, basicAuth } = source;
  return {
    ...source.headers,
    ...(tenant === undefined ? {} : { [source.flavor === 'thanos' ? 'THANOS-TENANT' : 'X-Scope-OrgID']: tenant }),
    ...Object.fromEntries(await Promise.all(read)),
    ...(bearerTokenFile === undefined ? {} : { Authorization: `Bearer ${await secretIn(bearerTokenFile)}` }),
    ...(basicAuth
      ? { Authorization: `Basic ${basic(basicAuth.username, await secretIn(basicAuth.passwordFile))}` }
      : {}),
  };
}

const basic = (user: string, password: string): string => Buffer.from(`${user}:${password}`).toString('base64');

async function secretIn(file: string): Promise<string> {
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch {
    throw fault('CONFIG_INVALID', [file, 'the file with the secret cannot be read']);
  }
}

/** Lets so many in at a time; the others wait in order. Resolves to the way out. */
function gateOf(width: number): (stop: AbortSignal) => Promise<() => void> {
  let free = width;
  const waiting: (() => void)[] = [];
  const leave = (): void => {
    const next = waiting.shift();
    if (next) next();
    else free += 1;
  };
  return async (stop) => {
    stop.throwIfAborted();
    if (free > 0) free -= 1;
    else await new Promise<void>((enter) => waiting.push(enter));
    return leave;
  };
}
