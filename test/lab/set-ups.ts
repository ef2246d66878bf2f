import { fileURLToPath } from 'node:url';
import type { Sizes, StackOrder } from '../../deploy/demo/stack.ts';
import type { Expected } from './recording.ts';

/** CPU that a request of the usual shop takes. Unit: seconds. */
export type Costs = { readonly api: number; readonly postgres: number };

/** One set-up: how the stack is built, what is made tight, and the load that shows it. */
export type SetUp = {
  readonly name: string;
  /** What cannot be changed while it stands. */
  readonly built: Omit<StackOrder, keyof Sizes | 'seed'>;
  readonly sizes: (costs: Costs) => Partial<Sizes>;
  readonly rates: readonly number[];
  readonly measure: number;
  /** What is asked for, and how often; the shop's items where nothing is said. */
  readonly paths?: Readonly<Record<string, number>>;
  /** What is asked for beside the load, by an orchestrator say, every so many seconds. */
  readonly checks?: { readonly path: string; readonly every: number };
  /** Cores that the generator may use. */
  readonly quotaGenerator?: number;
  readonly expected: (costs: Costs) => Expected;
};

/** Sizes that are tight nowhere. */
export const generous = { poolApi: 50, poolBouncer: 40, quotaApi: null, quotaPostgres: null } as const;

/** What is made tight carries about so many requests a second. */
const carries = 190;
/** A query's pause of 10 ms, and what comes on top of it. Unit: seconds. */
const held = 0.0104;
const ofPool = (size: number, hold = held): number => size / hold;
/** With other CPU time of its own than the half millisecond of the usual shop. */
const burning = ({ api }: Costs, burn: number): number => api - 0.0005 + burn;

const short = { rates: [60, 90, 120, 150, 180, 225, 290], measure: 12 };
/** Long enough for four samples a window where they come every 15 s. */
const long = { rates: [60, 90, 125, 160, 225, 290], measure: 60 };

const inFolder = (file: string): string => fileURLToPath(new URL(file, import.meta.url));
const shop = inFolder('shop.ts');
const queries = inFolder('postgres-queries.yaml');

const saturated = (first: string, symptoms: readonly string[], capacity?: number): Expected => ({
  verdict: 'saturated',
  first,
  symptoms,
  capacity,
});

/** An API of the third story: a request costs 3 ms of its CPU and holds a connection of the database for 120 ms. */
const flask = {
  built: (workers: number, maxConnections: number) => ({ workers, maxConnections, direct: true, shop }),
  sizes: (costs: Costs, workers: number) => ({
    poolApi: 6 * workers,
    burn: 0.003,
    hold: 0.12,
    quotaApi: workers * 30 * burning(costs, 0.003),
  }),
  paths: { '/patient/{{random 1 5000}}': 1 },
  measure: 8,
};

export const setUps: readonly SetUp[] = [
  {
    // One process: two with a connection each carry less than twice what one does, because none may use the other's.
    name: 'api-pool',
    built: { workers: 1 },
    // Held for so long that what a busy machine adds to it is little.
    sizes: () => ({ poolApi: 8, hold: 0.04 }),
    ...short,
    expected: () => saturated('api / pool', [], ofPool(8, 0.0404)),
  },
  {
    name: 'postgres-quota',
    built: {},
    sizes: ({ postgres }) => ({ quotaPostgres: carries * postgres }),
    ...short,
    expected: () => saturated('db / cpu-quota', [], carries),
  },
  {
    // The API works on a request before it waits: its quota fills at the load that the pool does not carry.
    name: 'pool-before-quota',
    built: {},
    sizes: ({ api }) => ({ poolBouncer: 2, quotaApi: 1.6 * carries * api }),
    rates: [43, 61, 87, 125, 174, 249, 355],
    measure: 10,
    expected: () => saturated('bouncer / server-pool', ['api / pool'], ofPool(2)),
  },
  {
    name: 'nothing-tight',
    built: {},
    sizes: () => ({}),
    rates: [20, 30, 45, 65, 90, 120],
    measure: 12,
    expected: () => ({ verdict: 'not-reached', first: undefined, symptoms: [], capacity: undefined }),
  },
  {
    name: 'bouncer-pool',
    built: {},
    sizes: () => ({ poolBouncer: 2 }),
    ...long,
    expected: () => saturated('bouncer / server-pool', ['api / pool'], ofPool(2)),
  },
  {
    name: 'api-quota',
    built: {},
    sizes: ({ api }) => ({ quotaApi: carries * api }),
    // Not so far beyond it that a run is stopped for its failures before a window is over.
    rates: [60, 90, 125, 160, 185, 205],
    measure: long.measure,
    expected: () => saturated('api / cpu-quota', [], carries),
  },
  {
    // Four pools of 100 against 341, of which 3 are reserved and the exporter keeps 2; a request holds one for two seconds.
    name: 'max-connections',
    built: { workers: 4, maxConnections: 341, direct: true },
    sizes: () => ({ poolApi: 400, hold: 2 }),
    rates: [40, 65, 90, 120, 160, 200],
    measure: 8,
    expected: () => saturated('db / connections', [], ofPool(341 - 3 - 2, 2.0004)),
  },
  {
    name: 'hot-row',
    built: { direct: true, shop, queries },
    sizes: () => ({ poolApi: 20 }),
    paths: { '/hot': 1 },
    rates: [20, 30, 45, 60, 75, 100, 130],
    measure: 12,
    expected: () => saturated('db / locks', ['api / pool'], ofPool(1)),
  },
  {
    name: 'generator-quota',
    built: {},
    sizes: () => ({}),
    rates: [60, 110, 200, 330, 500, 750],
    measure: 8,
    quotaGenerator: 0.12,
    expected: () => ({ verdict: 'generator-limited', first: undefined, symptoms: [], capacity: undefined }),
  },
  {
    // A health check every two seconds keeps its connection: 0.5 a second, and the pool of 40 is gone after 80 s, whatever the load.
    name: 'leak',
    built: { workers: 1, direct: true, shop },
    sizes: () => ({ poolApi: 40 }),
    checks: { path: '/check?keeps=86400', every: 2 },
    rates: [30, 40, 50, 60, 70, 80, 90, 100, 110],
    measure: 8,
    expected: () => saturated('api / pool', []),
  },
  {
    // The same with a time-out of a minute: 30 are kept at any time, and the other 10 are held for 100 ms each.
    name: 'leak-with-time-out',
    built: { workers: 1, direct: true, shop },
    sizes: () => ({ poolApi: 40, hold: 0.1 }),
    checks: { path: '/check?keeps=60', every: 2 },
    rates: [30, 40, 50, 60, 75, 90, 120, 150],
    measure: 8,
    expected: () => saturated('api / pool', []),
  },
  {
    // One thread is busy for the whole CPU time of a request.
    name: 'event-loop',
    built: { workers: 1 },
    sizes: () => ({ burn: 0.008 }),
    rates: [25, 40, 60, 80, 110, 145],
    measure: 8,
    expected: (costs) => saturated('api / event-loop', [], 1 / burning(costs, 0.008)),
  },
  {
    name: 'four-processes',
    built: { workers: 4 },
    sizes: () => ({ burn: 0.008 }),
    rates: [35, 60, 90, 130, 180, 250],
    measure: 8,
    expected: () => saturated('nodes / cpu', []),
  },
  {
    name: 'flask-4-workers',
    ...flask,
    built: flask.built(4, 100),
    sizes: (costs) => flask.sizes(costs, 4),
    rates: [35, 55, 75, 100, 140, 180],
    expected: () => saturated('api / cpu-quota', [], 120),
  },
  {
    name: 'flask-8-workers',
    ...flask,
    built: flask.built(8, 25),
    sizes: (costs) => flask.sizes(costs, 8),
    rates: [45, 65, 90, 120, 185, 230],
    expected: () => saturated('db / connections', [], ofPool(25 - 3 - 2, 0.1204)),
  },
  {
    name: 'flask-8-workers-more-connections',
    ...flask,
    built: flask.built(8, 100),
    sizes: (costs) => flask.sizes(costs, 8),
    rates: [60, 90, 130, 180, 225, 280],
    expected: () => saturated('api / cpu-quota', [], 240),
  },
];
