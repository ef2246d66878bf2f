import { once } from 'node:events';
import { createServer } from 'node:http';
import { trace } from '@opentelemetry/api';
import { describe, expect, test } from 'vitest';
import { openCounters } from '../src/publish/open-counters.ts';
import { openMetrics } from '../src/publish/open-metrics.ts';
import { memoryStore } from '../src/store/memory-store.ts';
import { openLog, openTelemetry } from '../src/telemetry.ts';

describe('the log', () => {
  const lines = (format: 'json' | 'logfmt', tell: (log: ReturnType<typeof openLog>) => void) => {
    const written: string[] = [];
    tell(openLog({ level: 'info', format, write: (line) => void written.push(line) }));
    return written;
  };

  test('writes one line of JSON an event, with the level as a word and the time', () => {
    const [line = ''] = lines('json', (log) => log.info({ run: 'r1', windows: 6 }, 'aligned'));
    expect(JSON.parse(line)).toEqual({
      level: 'info',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      run: 'r1',
      windows: 6,
      msg: 'aligned',
    });
  });

  test('writes key=value, quoting what has spaces', () => {
    const [line = ''] = lines('logfmt', (log) => log.warn({ run: 'r1', blind: ['db'] }, 'no samples'));
    expect(line).toMatch(/^level=warn time=\S+ run=r1 blind="\[\\"db\\"\]" msg="no samples"\n$/);
  });

  test('leaves out what is below its level', () => {
    expect(lines('json', (log) => log.debug('too much'))).toEqual([]);
  });

  test.each(['json', 'logfmt'] as const)('hides secrets by name and by shape, in %s', (format) => {
    const text = lines(format, (log) => {
      log.info({
        token: 'tok-123',
        prometheus: { basic_auth: { password: 'pw-123' } },
        a: { b: { secret: 'sec-123' } },
      });
      log.error({ err: new Error('no answer from http://alice:pw-123@prometheus:9090/') }, 'sent Bearer abc.def-123');
    }).join('');
    expect(text).not.toMatch(/tok-123|pw-123|sec-123|abc\.def-123/);
    expect(text).toContain('prometheus:9090');
  });
});

describe('telemetry', () => {
  test('puts our own counters on the page that its reader serves, and opens again after it was closed', async () => {
    for (const round of [1, 2]) {
      const page = openMetrics({ store: memoryStore(), targets: () => [], version: '0.1.0', node: 'v26' });
      await using telemetry = await openTelemetry([page.reader], '0.1.0', {});
      const counters = openCounters(telemetry.meter);
      for (let failure = 0; failure < round; failure += 1) counters.storeWriteFailed();
      expect(await page.text()).toContain(`plimsoll_store_write_failures_total ${round}\n`);
    }
  });

  /** Starts, makes one span, and ends; tells what reached a collector that listens at an address of its own. */
  async function sentWith(variables: (address: string) => Record<string, string>) {
    const asked: string[] = [];
    const collector = createServer((request, response) => {
      asked.push(request.url ?? '');
      request.resume().on('end', () => response.end());
    });
    await once(collector.listen(0, '127.0.0.1'), 'listening');
    const place = collector.address();
    const env = variables(`http://127.0.0.1:${typeof place === 'object' ? place?.port : 0}`);
    Object.assign(process.env, env);
    const telemetry = await openTelemetry([], '0.1.0', env);
    const span = trace.getTracer('a test').startSpan('one');
    const recorded = span.isRecording();
    span.end();
    await telemetry[Symbol.asyncDispose]();
    for (const name of Object.keys(env)) delete process.env[name];
    await new Promise((resolve) => collector.close(resolve));
    return { recorded, asked };
  }

  test('records and sends nothing when nobody asked', async () => {
    expect(await sentWith(() => ({}))).toEqual({ recorded: false, asked: [] });
  });

  test('sends traces where the standard variables ask for them', async () => {
    const sent = await sentWith((address) => ({ OTEL_EXPORTER_OTLP_ENDPOINT: address }));
    expect(sent).toEqual({ recorded: true, asked: ['/v1/traces'] });
  });
});
