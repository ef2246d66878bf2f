import type { Labels } from '../../../src/model/labels.ts';
import type { Glimpse } from './sight.ts';

/** One series of an exporter: its name, its labels beside those of the scrape, and how it is read; undefined: not exposed now. */
export type Row = {
  readonly name: string;
  readonly labels: Labels;
  readonly read: (seen: Glimpse) => number | undefined;
};

/** The series that tell of one resource; `of` is its id, undefined for what belongs to none, `part` whose it is where it is not the instance's own. */
export type Told = { readonly of: string | undefined; readonly part?: string; readonly rows: readonly Row[] };

export const row = (name: string, labels: Labels, read: Row['read']): Row => ({ name, labels, read });

/** The same labels with others added to each row. */
export const labelled = (rows: readonly Row[], labels: Labels): readonly Row[] =>
  rows.map((one) => ({ ...one, labels: { ...labels, ...one.labels } }));
