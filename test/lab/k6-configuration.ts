import { configurationOf } from '../../deploy/demo/configuration.ts';

type Addresses = Parameters<typeof configurationOf>[0];

/**
 * One request, or the demo's visits of three with a session, rows and checks, slow enough that a busy machine does not matter; and these visits as the demo has them:
 * twelve steps in ten minutes, up to 340/s.
 */
export const kinds = {
  browse: {
    from: 'shop',
    plan: '{ kind: staircase, rates: [9/s, 13/s, 18/s, 25/s, 35/s, 50/s, 70/s], settle: 4s, measure: 10s, overloaded_steps: 0 }',
  },
  visit: {
    from: 'shop-members',
    plan: '{ kind: staircase, rates: [8/s, 10/s, 13/s, 16/s, 20/s, 25/s, 31/s, 38/s, 47/s, 58/s, 72/s, 90/s], settle: 4s, measure: 10s, overloaded_steps: 0 }',
  },
  members: { from: 'shop-members', plan: undefined },
} as const;
export type Kind = keyof typeof kinds;

const slow = { poolApi: 50, poolBouncer: 4, hold: 0.1 } as const;
/**
 * PgBouncer lends four connections, and each query holds one for some 105 ms: 38 queries a second pass. Of the members' two visits hold one for 10.4 ms: 192 queries
 * a second pass, two of the three requests of a visit.
 */
export const sizes = { browse: slow, visit: slow, members: { poolApi: 50, poolBouncer: 2 } } as const;

/** Requests a second by that arithmetic. */
export const carries = { browse: 38, visit: 57, members: 288 } as const;

/** A target of the demo as two, which differ in who tells the traffic: the shop itself, or the k6 that loads it. */
export function configurationFor(urls: Addresses, kind: Kind): string {
  const { from, plan } = kinds[kind];
  const [head = '', ...targets] = configurationOf(urls).split(/^(?= {2}- name: shop)/m);
  const target = targets.find((text) => text.startsWith(`  - name: ${from}\n`)) ?? '';
  const named = target.replace(`name: ${from}`, 'name: shop-by-itself');
  const own = plan === undefined ? named : named.replace(/plan: \{.*\}/, `plan: ${plan}`);
  const byK6 = own
    .replace('shop-by-itself', 'shop-by-k6')
    .replace(/traffic: \{.*\}/, 'traffic: { pack: k6, select: { testid: lab } }');
  return `${head}${own.trimEnd()}\n${byK6.trimEnd()}\n`;
}
