import { type Random, seeded } from '../../src/model/random.ts';
import type { Costs } from './calibrate.ts';
import type { Sizes } from './stack.ts';

/** What can be tight in a shuffle; "none" leaves it to the machine, or to the end of the plan. */
const candidates = ['API pool', 'PgBouncer pool', 'API quota', 'PostgreSQL quota', 'none'] as const;
export type Culprit = (typeof candidates)[number];

/** The truth of a shuffle, which the analyser is not told. */
export interface Truth {
  readonly culprit: Culprit;
  readonly sizes: Sizes;
  /** Requests a second that the tight resource carries, by arithmetic; undefined for "none". */
  readonly carries: number | undefined;
  /** How the reports name it: component / resource. */
  readonly named: string | undefined;
}

/** How long a query keeps its connection: pg_sleep's part and what comes on top of it. */
const hold = 0.0104;
const generous = { poolApi: 50, poolBouncer: 40, quotaApi: null, quotaPostgres: null } as const;

/** Draws what is tight, and how tight: it carries between 120 and 300 requests a second, the rest at least twice that. */
export function draw(seed: number, costs: Costs, groups: boolean): Truth {
  const random = seeded(seed);
  random();
  const possible = candidates.filter((one) => groups || !one.endsWith('quota'));
  const culprit = possible[Math.floor(random() * possible.length)] ?? 'none';
  return tight(culprit, random, costs);
}

function tight(culprit: Culprit, random: Random, costs: Costs): Truth {
  const wanted = 120 + 180 * random();
  const pool = random() < 0.5 ? 2 : 4;
  switch (culprit) {
    case 'API pool':
      return { culprit, sizes: { ...generous, poolApi: pool }, carries: pool / hold, named: 'api / pool' };
    case 'PgBouncer pool':
      return {
        culprit,
        sizes: { ...generous, poolBouncer: pool },
        carries: pool / hold,
        named: 'bouncer / server-pool',
      };
    case 'API quota':
      return {
        culprit,
        sizes: { ...generous, quotaApi: wanted * costs.api },
        carries: wanted,
        named: 'api / cpu-quota',
      };
    case 'PostgreSQL quota':
      return {
        culprit,
        sizes: { ...generous, quotaPostgres: wanted * costs.postgres },
        carries: wanted,
        named: 'db / cpu-quota',
      };
    case 'none':
      return { culprit, sizes: generous, carries: undefined, named: undefined };
  }
}

/** Whether a verdict is right: names what is tight, or for "none" names neither pool nor quota. */
export function isRight(truth: Truth, first: string | undefined): boolean {
  if (truth.named !== undefined) return first === truth.named;
  return first === undefined || !/pool|quota/.test(first);
}
