import type { Meter } from '@opentelemetry/api';
import type { IMetricReader } from '@opentelemetry/sdk-metrics';
import { type Logger, pino } from 'pino';

export const logLevels = ['debug', 'info', 'warn', 'error', 'silent'] as const;
export const logFormats = ['logfmt', 'json'] as const;

type LogSettings = {
  readonly level: (typeof logLevels)[number];
  readonly format: (typeof logFormats)[number];
  /** Where whole lines go; standard error if not given. */
  readonly write?: (line: string) => void;
};

const secretKeys = ['password', 'token', 'authorization', 'secret', 'cookie', 'headers', 'bearer_token', 'basic_auth'];
const secretPaths = secretKeys.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]);
const hidden = '[hidden]';

/** Opens the log: one line an event, JSON or `key=value`, without the secrets that it can recognise. */
export function openLog({ level, format, write = (line) => process.stderr.write(line) }: LogSettings): Logger {
  const settings = {
    level,
    base: null,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label: string) => ({ level: label }) },
    redact: { paths: secretPaths, censor: hidden },
  };
  return pino(settings, {
    write: (line: string) => write(withoutCredentials(format === 'json' ? line : logfmt(line))),
  });
}

/** Addresses keep their host and lose their password; a bearer token in a message loses itself. */
function withoutCredentials(line: string): string {
  return line
    .replaceAll(/:\/\/[^/\s@"]+@/g, `://${hidden}@`)
    .replaceAll(/\b(bearer|basic) +[\w.~+/=-]{6,}/gi, `$1 ${hidden}`);
}

/** One line of JSON as `key=value` pairs; what is not plain text is quoted, what is nested stays JSON. */
function logfmt(line: string): string {
  const fields: Readonly<Record<string, unknown>> = JSON.parse(line);
  const pairs = Object.entries(fields).map(([key, value]) => {
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    return `${key}=${/^[^\s"=\\]+$/.test(text) ? text : JSON.stringify(text)}`;
  });
  return `${pairs.join(' ')}\n`;
}

/** The SDK, started; closing it sends what is still to be sent. */
export interface Telemetry extends AsyncDisposable {
  readonly meter: Meter;
}

/**
 * Starts OpenTelemetry with these readers. Nothing is sent anywhere unless the standard environment variables ask for it: left alone the
 * SDK would dial localhost:4318. Metrics are only read, never sent.
 *
 * @param env OTEL_TRACES_EXPORTER or OTEL_EXPORTER_OTLP_(TRACES_)ENDPOINT ask for traces, the same with LOGS for logs
 */
export async function openTelemetry(
  readers: readonly IMetricReader[],
  version: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<Telemetry> {
  const { context, logs, metrics, propagation, trace } = await import('@opentelemetry/api');
  const { envDetector, resourceFromAttributes } = await import('@opentelemetry/resources');
  const { NodeSDK } = await import('@opentelemetry/sdk-node');
  const sdk = new NodeSDK({
    resource: resourceFromAttributes({ 'service.name': 'plimsoll', 'service.version': version }),
    resourceDetectors: [envDetector],
    metricReaders: [...readers],
    ...(isAskedFor('TRACES', env) ? {} : { spanProcessors: [] }),
    ...(isAskedFor('LOGS', env) ? {} : { logRecordProcessors: [] }),
  });
  sdk.start();
  return {
    meter: metrics.getMeter('plimsoll', version),
    async [Symbol.asyncDispose]() {
      await sdk.shutdown();
      for (const api of [context, logs, metrics, propagation, trace]) api.disable();
    },
  };
}

/** Whether the standard environment variables ask to send this kind of signal. */
function isAskedFor(signal: 'TRACES' | 'LOGS', env: Readonly<Record<string, string | undefined>>): boolean {
  const exporter = env[`OTEL_${signal}_EXPORTER`];
  if (exporter !== undefined && exporter !== '') return true;
  return [env[`OTEL_EXPORTER_OTLP_${signal}_ENDPOINT`], env.OTEL_EXPORTER_OTLP_ENDPOINT].some((value) => value);
}
