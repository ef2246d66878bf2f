import type { Sizes } from './stack.ts';

/** One round of the story: what was changed before it, and what it is called. */
export interface Round {
  readonly title: string;
  readonly change: (tight: Tight) => Partial<Sizes>;
  readonly lead: (tight: Tight) => string;
  /** Which target of the configuration is run: the whole staircase, or only the steps of a short proof. */
  readonly target: 'shop' | 'shop-proof';
}

/** How tight the second round is: the API's quota where there are control groups, else its own pool. */
export interface Tight {
  readonly quota: number | null;
  readonly pool: number;
}

const cores = (quota: number): string => `${Number(quota.toPrecision(2))} cores`;

/** The sizes that the first round starts with. */
export const firstSizes: Sizes = { poolApi: 50, poolBouncer: 2, quotaApi: null, quotaPostgres: null };

export const rounds: readonly Round[] = [
  {
    title: 'Round 1',
    change: () => ({}),
    lead: () =>
      'PgBouncer lends 2 connections; the API could use 50 of them. Its pool will be full too: the obvious culprit, and only a symptom?',
    target: 'shop',
  },
  {
    title: 'The proof',
    change: () => ({ poolApi: 100 }),
    lead: () => "What most people would do next: double the pool that everybody sees full, the API's, to 100.",
    target: 'shop-proof',
  },
  {
    title: 'Round 2',
    change: (tight) => ({
      poolApi: tight.quota === null ? tight.pool : 50,
      poolBouncer: 20,
      quotaApi: tight.quota,
    }),
    lead: (tight) =>
      tight.quota === null
        ? `PgBouncer now lends 20. There are no control groups here, so the API's own pool is made small instead of its quota: ${tight.pool}.`
        : `PgBouncer now lends 20, and the API gets the quota of a small pod: ${cores(tight.quota)}.`,
    target: 'shop',
  },
  {
    title: 'Round 3',
    change: () => ({ poolApi: 50, poolBouncer: 40, quotaApi: null }),
    lead: () => 'That is lifted too. Whatever comes now is this machine.',
    target: 'shop',
  },
];
