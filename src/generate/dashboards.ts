import { dashboards, metrics } from '../names.ts';
import type { GeneratedFile } from './generated-file.ts';
import { type Dashboard, datasource } from './grafana.ts';
import { overviewPanels } from './overview-panels.ts';
import { placed } from './panels.ts';
import { ofTarget, select } from './select.ts';
import { variables } from './variables.ts';

const tag = 'plimsoll-mixin';

const overview: Dashboard = {
  uid: dashboards.overview.uid,
  title: dashboards.overview.title,
  description:
    'Which resource saturates first, at what load, and how much headroom is left. Generated: change the generator, not this file.',
  tags: [tag],
  schemaVersion: 42,
  editable: false,
  graphTooltip: 1,
  timezone: 'utc',
  refresh: '30s',
  time: { from: 'now-7d', to: 'now' },
  links: [
    {
      type: 'dashboards',
      title: 'Plimsoll',
      tags: [tag],
      asDropdown: true,
      includeVars: true,
      keepTime: true,
      targetBlank: false,
      icon: 'external link',
      tooltip: '',
      url: '',
    },
  ],
  annotations: {
    list: [
      {
        name: 'Runs',
        datasource,
        enable: true,
        hide: false,
        iconColor: 'blue',
        expr: `max by (target) (${select(metrics.runInProgress.name, ofTarget)}) == 1`,
        titleFormat: 'run of {{target}}',
        step: '30s',
      },
    ],
  },
  templating: { list: variables },
  panels: placed(overviewPanels),
};

/** The dashboards as Grafana's classic JSON, which Grafana 9 to 13, its sidecar and its operator read. */
export function dashboardFiles(): readonly GeneratedFile[] {
  return [overview].map((dashboard) => ({
    path: `dashboards/${dashboard.uid}.json`,
    text: `${JSON.stringify(dashboard, null, 2)}\n`,
  }));
}
