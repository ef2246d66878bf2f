const ofScrape = 'cluster=~"$cluster", job=~"$job", instance=~"$instance"';

/** Selects the series of a metric by the variables of the dashboard: those of the scrape, and what else is asked for. */
export function select(metric: string, ...more: readonly string[]): string {
  return `${metric}{${[ofScrape, ...more].join(', ')}}`;
}

export const ofTarget = 'target=~"$target"';
export const ofResource = 'resource=~"$resource"';
