/** The part of Grafana's classic dashboard JSON that we write (schema version 42; read by Grafana 9 to 13). */
export type Dashboard = {
  readonly uid: string;
  readonly title: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly schemaVersion: 42;
  readonly editable: false;
  readonly graphTooltip: 1;
  readonly timezone: 'utc';
  readonly refresh: string;
  readonly time: { readonly from: string; readonly to: string };
  readonly links: readonly object[];
  readonly annotations: { readonly list: readonly object[] };
  readonly templating: { readonly list: readonly Variable[] };
  readonly panels: readonly Panel[];
};

export type Variable = {
  readonly name: string;
  readonly label: string;
  readonly type: 'datasource' | 'query';
  readonly hide: 0 | 2;
  readonly query: string | { readonly query: string; readonly refId: string };
  readonly [option: string]: unknown;
};

export type DataSource = { readonly type: 'prometheus'; readonly uid: '${datasource}' };

export type Target = {
  readonly refId: string;
  readonly datasource: DataSource;
  readonly expr: string;
  readonly legendFormat: string;
  readonly instant: boolean;
  readonly range: boolean;
  readonly format: 'time_series' | 'table';
};

export type Panel = {
  readonly id: number;
  readonly type: 'row' | 'stat' | 'timeseries' | 'table' | 'state-timeline';
  readonly title: string;
  readonly gridPos: { readonly h: number; readonly w: number; readonly x: number; readonly y: number };
  readonly description?: string;
  readonly datasource?: DataSource;
  readonly targets?: readonly Target[];
  readonly fieldConfig?: { readonly defaults: Field; readonly overrides: readonly object[] };
  readonly options?: object;
  readonly transformations?: readonly object[];
  readonly collapsed?: false;
  readonly panels?: readonly [];
};

export type Field = {
  readonly unit: 'percentunit' | 'reqps' | 's' | 'short' | 'none' | 'bool';
  readonly min?: number;
  readonly max?: number;
  readonly decimals?: number;
  readonly noValue?: string;
  readonly thresholds?: { readonly mode: 'absolute'; readonly steps: readonly object[] };
  readonly mappings?: readonly object[];
  readonly custom?: object;
};

export const datasource: DataSource = { type: 'prometheus', uid: `\${datasource}` };
