import type { Labels } from '../model/labels.ts';
import type { Candidate } from './candidates.ts';
import { type LabelMatch, passes, type Selection, type Selector } from './selector.ts';

/** Label sets by metric name. */
export type Catalogue = ReadonlyMap<string, readonly Labels[]>;

/** Sorts label sets by the metric they belong to. */
export const catalogueOf = (series: readonly Labels[]): Catalogue =>
  Map.groupBy(series, (labels) => labels.__name__ ?? '');

/** The series of a selector. */
export const inCatalogue = (catalogue: Catalogue, { name, tests }: Selector): readonly Labels[] =>
  (catalogue.get(name) ?? []).filter((labels) => passes(tests, labels));

/** The first candidate whose series exist: each of its terms that is not optional has one. */
export function firstThatExists(candidates: readonly Candidate[], catalogue: Catalogue): Candidate | undefined {
  return candidates.find(
    (candidate) =>
      candidate.form === 'fixed' ||
      candidate.form === 'promql' ||
      [...candidate.parts, ...candidate.less, ...candidate.over].every(
        ({ selectors, optional }) =>
          optional || selectors.some((selector) => inCatalogue(catalogue, selector).length > 0),
      ),
  );
}

/** Every selector that a candidate reads. */
export const selectorsOf = ({ form, parts, less, over }: Candidate): readonly Selector[] =>
  form === 'promql' ? [] : [...parts, ...less, ...over].flatMap(({ selectors }) => selectors);

/** One selection that finds everything the selectors could find: all their names, and the tests that they share. */
export function cover(selectors: readonly Selector[]): Selection | undefined {
  const [first] = selectors;
  if (!first) return undefined;
  const shared = first.tests.filter((test) => selectors.every(({ tests }) => tests.some((other) => same(other, test))));
  return { names: [...new Set(selectors.map(({ name }) => name))], tests: shared };
}

/** Selectors with the same tests as one selection each. */
export function groups(selectors: readonly Selector[]): readonly Selection[] {
  const byTests = Map.groupBy(selectors, ({ tests }) => JSON.stringify(tests));
  return [...byTests.values()].flatMap((group) => cover(group) ?? []);
}

const same = (a: LabelMatch, b: LabelMatch): boolean => a.label === b.label && a.op === b.op && a.value === b.value;
