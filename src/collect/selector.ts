import type { Labels } from '../model/labels.ts';

/** One test of a label, as PromQL knows it. A label that is not there has the value "". */
export type LabelMatch = {
  readonly label: string;
  readonly op: '=' | '!=' | '=~' | '!~';
  readonly value: string;
};

/** One metric with tests of its labels. */
export type Selector = { readonly name: string; readonly tests: readonly LabelMatch[] };

/** Several metrics that pass the same tests. */
export type Selection = { readonly names: readonly string[]; readonly tests: readonly LabelMatch[] };

const legacy = /^[a-zA-Z_][a-zA-Z0-9_]*$/;
const legacyMetric = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;

/** A text between double quotes, as PromQL reads it. */
export const quoted = (text: string): string =>
  `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`;

/** A text as a pattern that fits only itself (RE2). */
export const literal = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');

/** A label name where PromQL wants one; names beyond the old letters stand in quotes. */
export const labelName = (label: string): string => (legacy.test(label) ? label : quoted(label));

/** One test as it stands between braces. */
export const printTest = ({ label, op, value }: LabelMatch): string => `${labelName(label)}${op}${quoted(value)}`;

/** @example printSelector({ name: 'up', tests: [{ label: 'job', op: '=', value: 'api' }] }) // => 'up{job="api"}' */
export function printSelector({ name, tests }: Selector): string {
  const printed = tests.map(printTest);
  if (!legacyMetric.test(name)) return `{${[quoted(name), ...printed].join(', ')}}`;
  return printed.length > 0 ? `${name}{${printed.join(', ')}}` : name;
}

/** Several metrics at once, by a pattern on the name. */
export function printSelection({ names, tests }: Selection): string {
  const [only] = names;
  if (names.length === 1 && only !== undefined) return printSelector({ name: only, tests });
  const byName: LabelMatch = { label: '__name__', op: '=~', value: [...names].sort().map(literal).join('|') };
  return `{${[byName, ...tests].map(printTest).join(', ')}}`;
}

/** Whether a series passes all tests, as Prometheus would judge. */
export function passes(tests: readonly LabelMatch[], labels: Labels): boolean {
  return tests.every(({ label, op, value }) => {
    const found = labels[label] ?? '';
    if (op === '=') return found === value;
    if (op === '!=') return found !== value;
    return pattern(value).test(found) === (op === '=~');
  });
}

const patterns = new Map<string, RegExp>();

function pattern(text: string): RegExp {
  const known = patterns.get(text);
  if (known) return known;
  const made = new RegExp(`^(?:${text})$`, 's');
  if (patterns.size > 1000) patterns.clear();
  patterns.set(text, made);
  return made;
}

/** The test that a label has one of these values. */
export function oneOf(label: string, values: readonly string[]): LabelMatch {
  const [only = ''] = values;
  return values.length === 1
    ? { label, op: '=', value: only }
    : { label, op: '=~', value: [...values].sort().map(literal).join('|') };
}

/** The test that a label has none of these values. */
export function noneOf(label: string, values: readonly string[]): LabelMatch {
  const [only = ''] = values;
  return values.length === 1
    ? { label, op: '!=', value: only }
    : { label, op: '!~', value: [...values].sort().map(literal).join('|') };
}
