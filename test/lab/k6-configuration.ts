import { configurationOf } from '../../deploy/demo/configuration.ts';

type Addresses = Parameters<typeof configurationOf>[0];

const plan = '{ kind: staircase, rates: [9/s, 13/s, 18/s, 25/s, 35/s, 50/s, 70/s], settle: 4s, measure: 10s }';

/** The shop of the demo as two targets, which differ in who tells the traffic: the shop itself, or the k6 that loads it. */
export function configurationFor(urls: Addresses): string {
  const [head = ''] = configurationOf(urls).split('targets:\n');
  const targets = { 'shop-by-itself': 'http-otel, select: { job: shop }', 'shop-by-k6': 'k6, select: { testid: lab }' };
  return `${head}targets:\n${Object.entries(targets)
    .map(([name, traffic]) => target(name, traffic, urls))
    .join('\n')}\n`;
}

const target = (name: string, traffic: string, { shop }: Addresses): string => `  - name: ${name}
    expect: 120/s
    traffic: { pack: ${traffic} }
    components: [api]
    load:
      url: ${shop}
      plan: ${plan}
      requests:
        - { name: browse, path: "/items/{{random 1 5000}}" }`;
