import { labels, metrics } from '../names.ts';
import { datasource, type Variable } from './grafana.ts';

const { build, lastRun, headroom } = metrics;

/** What a reader may choose, each narrowed by those before it; clusters only show where there is more than one to choose. */
export const variables: readonly Variable[] = [
  {
    name: 'datasource',
    label: 'Data Source',
    type: 'datasource',
    hide: 0,
    query: 'prometheus',
    refresh: 1,
    regex: '',
    current: {},
    includeAll: false,
    multi: false,
  },
  choice('cluster', `label_values(${build.name}, cluster)`, { hide: 2, allValue: '.*' }),
  choice('job', `label_values(${build.name}{cluster=~"$cluster"}, job)`),
  choice('instance', `label_values(${build.name}{cluster=~"$cluster", job=~"$job"}, instance)`),
  choice('target', `label_values(${lastRun.name}{cluster=~"$cluster", job=~"$job"}, ${labels.target})`),
  choice(
    'resource',
    `label_values(${headroom.name}{cluster=~"$cluster", job=~"$job", target=~"$target"}, ${labels.resource})`,
  ),
];

function choice(
  name: string,
  query: string,
  { hide, allValue }: { readonly hide: 0 | 2; readonly allValue: string } = { hide: 0, allValue: '.+' },
): Variable {
  return {
    name,
    label: `${name.charAt(0).toUpperCase()}${name.slice(1)}`,
    type: 'query',
    hide,
    datasource,
    definition: query,
    query: { query, refId: `variable-${name}` },
    refresh: 2,
    regex: '',
    sort: 1,
    includeAll: true,
    allValue,
    multi: true,
    current: { selected: true, text: ['All'], value: ['$__all'] },
  };
}
