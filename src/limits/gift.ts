import type { LimitTerm } from '../model/limit.ts';
import type { Term } from '../model/term.ts';
import { atLeast, type Bounds, exactly } from './bounds.ts';
import { readTerm, unknownTerm } from './term.ts';
import { counted, said } from './words.ts';

/** What is given, and what of it was taken off before. */
export type Gift = { readonly bounds: Bounds; readonly less: number; readonly terms: readonly LimitTerm[] };

/** What a giver gives: all its instances together, or each (`isOneEach`); which of several is asked for how much is not known. */
export function giftFrom([gives, ...more]: readonly [Term, ...Term[]], isOneEach: boolean): Gift {
  const instances = [gives, ...more];
  const values = instances.flatMap(({ value }) => value ?? []);
  const where = { side: 'given', component: gives.component } as const;
  if (values.length < instances.length) {
    const text = `how many ${gives.unit} ${gives.giver ?? gives.component} gives is not known`;
    return { bounds: atLeast(0), less: 0, terms: [unknownTerm(where, text, atLeast(0))] };
  }
  const all = values.reduce((sum, value) => sum + value, 0);
  return {
    bounds: { low: Math.min(...values), high: isOneEach ? Math.max(...values) : all },
    less: values.length === 1 ? gives.less : 0,
    terms: instances.map((term) => readTerm(where, spelled(term), exactly(term.value ?? 0), term)),
  };
}

/** "db a:9187: 338 connections (341 less 3 reserved)" */
function spelled({ component, giver, replica, value = 0, less, unit }: Term): string {
  const name = [giver ?? component, ...Object.values(replica)].join(' ');
  return `${name}: ${counted(value, unit)}${reservedOf(value, less, unit)}`;
}

/** " (341 less 3 reserved)" */
export function reservedOf(value: number, less: number, unit: string): string {
  return less > 0 ? ` (${said(exactly(value + less), unit)} less ${said(exactly(less), unit)} reserved)` : '';
}
