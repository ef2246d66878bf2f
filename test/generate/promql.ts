import { parser } from '@prometheus-io/lezer-promql';

/** A query of a dashboard with Grafana's variables replaced by what they stand for. */
export function substituted(query: string): string {
  return query.replaceAll(/\$__(rate_interval|interval|range)/gu, '5m').replaceAll(/\$\w+/gu, 'x');
}

/** The names of a kind of node in a query ("Identifier", "FunctionIdentifier" …), or where it does not parse. */
export function parsed(query: string): { readonly faults: readonly string[]; readonly metrics: readonly string[] } {
  const faults: string[] = [];
  const metrics: string[] = [];
  parser.parse(query).iterate({
    enter: ({ type, from, to }) => {
      if (type.isError) faults.push(`at ${from}: "${query.slice(Math.max(0, from - 15), to + 15)}"`);
      if (type.name === 'Identifier') metrics.push(query.slice(from, to));
    },
  });
  return { faults, metrics };
}
