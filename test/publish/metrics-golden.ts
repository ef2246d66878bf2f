import { MeterProvider } from '@opentelemetry/sdk-metrics';
import { epoch, seconds } from '../../src/model/units.ts';
import { openCounters } from '../../src/publish/open-counters.ts';
import { openMetrics } from '../../src/publish/open-metrics.ts';
import { memoryStore } from '../../src/store/memory-store.ts';
import { anInvalidReport, aReport, aResource, headroomAt } from '../store/a-report.ts';

const end = (state: 'complete' | 'aborted', at: number) => ({ state, why: undefined, at: epoch(at) }) as const;

/**
 * The page of metrics of a fixed store: target shop has an answer and then a run without one, blog is only known to carry at least
 * 120/s, idle was never looked at, and gone has left the configuration.
 */
export async function metricsGolden(): Promise<string> {
  const store = memoryStore();
  const begin = (id: string, target: string, at: number) =>
    store.begin({ id, target, kind: 'observe', locks: [], at: epoch(at) });
  await begin('r1', 'shop', 1000);
  await store.finish('r1', end('complete', 1300), shopReport());
  await begin('r2', 'shop', 2000);
  await store.finish('r2', end('complete', 2300), anInvalidReport('r2'));
  await begin('r3', 'blog', 1000);
  await store.finish('r3', end('complete', 1300), blogReport());
  await begin('r4', 'blog', 2000);
  await store.finish('r4', end('aborted', 2100), undefined);
  await begin('r5', 'gone', 1000);
  await store.finish('r5', end('complete', 1300), aReport('r5', {}, 'gone'));
  await begin('r6', 'blog', 3000);

  const source = { store, targets: () => ['shop', 'idle', 'blog'], version: '0.1.0', node: 'v26.10.0' };
  const metrics = openMetrics(source);
  const provider = new MeterProvider({ readers: [metrics.reader] });
  const counters = openCounters(provider.getMeter('plimsoll'));
  counters.reloaded(epoch(900));
  counters.reloaded(undefined);
  counters.queried('range', 'ok', seconds(0.02));
  counters.queried('range', 'error', seconds(4));
  counters.storeWriteFailed();
  const text = await metrics.text();
  await provider.shutdown();
  return text;
}

/** Two pods of one resource: the fuller one counts. A name with everything that the text format must escape. */
function shopReport() {
  const cpu = { kind: 'servers', layer: 'leaf', peak: { usage: 0.4, ceiling: 1, ratio: 0.4 } } as const;
  return aReport('r1', {
    resources: [
      aResource('db', 'pool', { state: 'root' }),
      aResource('api', 'cpu', { ...cpu, at: { pod: 'a' }, headroom: headroomAt(400, 1600) }),
      aResource('api', 'cpu', { ...cpu, at: { pod: 'b' }, headroom: headroomAt(400, 800) }),
      aResource('odd "name" \\ \n next', 'memory', { kind: 'space', headroom: null }),
    ],
  });
}

/** Not reached: every number that would be a guess is a bound. */
function blogReport() {
  const atLeast = (low: number) => ({ kind: 'at-least', low }) as const;
  const headroom = {
    load: 90,
    reference: 'history',
    ratio: atLeast(0.25),
    multiplier: atLeast(1.33),
    spare: atLeast(30),
  };
  return aReport(
    'r3',
    {
      verdict: { kind: 'not-reached', first: null, set: [], probability: null, sentence: 'Not reached.', because: [] },
      capacity: { rate: atLeast(120), binds: 'physical', provenance: 'lower-bound', fingerprint: 'f00d' },
      headroom: { ...headroom, reference: 'history' },
      current: null,
      resources: [
        aResource('web', 'cpu', {
          kind: 'servers',
          headroom: { ...headroom, reference: 'history', ratio: { kind: 'at-most', high: 0.6 } },
        }),
      ],
    },
    'blog',
  );
}
