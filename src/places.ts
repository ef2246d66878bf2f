/** Where the packaged data files lie, seen from src and from dist alike: both are one level below the top. */
export const places = {
  config: new URL('../config/', import.meta.url),
  dashboards: new URL('../dashboards/', import.meta.url),
  alerts: new URL('../deploy/alerts/', import.meta.url),
  manifest: new URL('../package.json', import.meta.url),
} as const;
