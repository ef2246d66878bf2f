import { buildApi } from '../../src/api/build-api.ts';
import type { Handed } from '../../src/api/handed.ts';
import { fault } from '../../src/faults.ts';
import type { Clock } from '../../src/model/clock.ts';
import type { Beat } from '../../src/model/pulse.ts';
import type { Report } from '../../src/model/report.ts';
import type { Store } from '../../src/model/store.ts';
import { epoch, perSecond, ratio, seconds } from '../../src/model/units.ts';
import { memoryStore } from '../../src/store/memory-store.ts';
import { anInvalidReport, aReport } from '../store/a-report.ts';

/** What was asked of the app behind the API. */
export type Asked = { readonly what: string; readonly order?: unknown };

/** A clock on which nobody ever wakes by time alone. */
const stillClock: Clock = {
  now: () => epoch(5000),
  monotonic: () => seconds(0),
  sleep: (_duration, stop) =>
    new Promise((resolve) => stop?.addEventListener('abort', () => resolve(), { once: true })),
};

/** One beat of a running load, one second after another. */
export const aBeat = (number: number): Beat => ({
  at: epoch(1000 + number),
  step: { index: 0, of: 6, phase: 'measure' },
  offered: perSecond(100),
  achieved: perSecond(99),
  p50: seconds(0.01),
  p99: undefined,
  errors: ratio(0),
  inFlight: 3,
  fullest: { component: 'db', resource: 'pool', ratio: 0.4 },
  counts: { completed: 99 * number, failed: 0, connectFailures: 0 },
  prometheusSeen: undefined,
  guards: {},
});

async function* threeBeats(): AsyncGenerator<Beat> {
  for (const number of [1, 2, 3]) yield aBeat(number);
}

/** The API over a store in memory: target shop may be loaded and has one report, blog may only be observed and has none. */
export async function aService(changes: Partial<Handed> = {}) {
  const store = memoryStore();
  const asked: Asked[] = [];
  const broken: unknown[] = [];
  await kept(store, 'r1', aReport('r1'));
  const begin = async (what: 'probe' | 'observe', order: { readonly target: string }): Promise<string> => {
    asked.push({ what, order });
    const id = `r${asked.length + 100}`;
    await store.begin({ id, target: order.target, kind: what, locks: [order.target], at: epoch(3000) });
    return id;
  };
  const handed: Handed = {
    version: '0.1.0',
    access: { host: '127.0.0.1', token: undefined },
    clock: stillClock,
    store,
    targets: () => [
      {
        name: 'shop',
        components: ['api', 'db'],
        caps: { rate: perSecond(2000), inFlight: 500, requests: 5_000_000, duration: seconds(7200) },
        watch: { observe: seconds(300), probe: undefined },
      },
      { name: 'blog', components: ['web'], caps: undefined, watch: { observe: undefined, probe: undefined } },
    ],
    probe: (order) => begin('probe', order),
    observe: (order) => begin('observe', order),
    beats: threeBeats,
    compare: (reports, sizes) => ({
      schema: 'plimsoll/comparison/v1',
      reports: [...reports],
      pairs: [],
      differences: [],
      sentence: `${reports.length} runs as ${sizes.join(' and ')}`,
    }),
    tell: {
      line: (report) => `${report.run.target}: ${report.verdict.sentence}`,
      text: (report) => `${report.verdict.sentence}\n`,
      markdown: (report) => `# ${report.verdict.sentence}\n`,
      html: (_report, nonce) => `<!doctype html><script nonce="${nonce}">document.title = "a report"</script>`,
    },
    metrics: async () => 'plimsoll_build_info 1\n',
    ready: () => ({ ready: true }),
    reload: async () => void asked.push({ what: 'reload' }),
    broke: (cause) => void broken.push(cause),
    ...changes,
  };
  return { app: buildApi(handed), store, asked, broken };
}

/** Keeps a finished run. */
export async function kept(store: Store, id: string, report: Report): Promise<void> {
  const { target, kind } = report.run;
  await store.begin({ id, target, kind, locks: [], at: epoch(1000) });
  await store.finish(id, { state: 'complete', why: undefined, at: epoch(2000) }, report);
}

export const keptInvalid = (store: Store, id: string): Promise<void> => kept(store, id, anInvalidReport(id));

export const broke = (): never => {
  throw fault('STORE_BROKEN', ['/somewhere/plimsoll.sqlite', 'disk I/O error']);
};
