import type { Labels, Selected } from '../model/labels.ts';
import type { LabelTest } from '../model/pack.ts';
import { type LabelMatch, labelName, literal, noneOf, oneOf } from './selector.ts';

/** What a workload came to: its key → the label values found for it; empty where it was looked for and not found. */
export type Located = Readonly<Record<string, readonly string[]>>;

/** What narrows the rows of one pack for one component. */
export type Scope = {
  /** Labels of the Prometheus itself. */
  readonly base: Selected;
  readonly select: Selected;
  readonly part: Labels;
  readonly located: Located;
  /** Label → values that do not count. */
  readonly except: Readonly<Record<string, readonly string[]>>;
};

const asList = (value: string | readonly string[]): readonly string[] => (typeof value === 'string' ? [value] : value);

/** `$name` in a text stands for what was found for it; undefined where that is unknown. Several values make a pattern. */
function filled(
  text: string,
  located: Located,
): { readonly values: readonly string[]; readonly pattern: string } | undefined {
  const names = [...text.matchAll(/\$([a-z_]+)/g)].map(([, name = '']) => name);
  if (names.some((name) => (located[name] ?? []).length === 0)) return undefined;
  const only = /^\$([a-z_]+)$/.exec(text)?.[1];
  const values = only === undefined ? [text] : (located[only] ?? []);
  const pattern = text.replace(
    /\$([a-z_]+)/g,
    (_, name: string) => `(?:${(located[name] ?? []).map(literal).join('|')})`,
  );
  return { values, pattern };
}

/** The tests that a `where` comes to; undefined where it names something that was not found. */
export function testsOf(
  where: Readonly<Record<string, LabelTest>> | undefined,
  located: Located,
  spell: (label: string) => string,
): readonly LabelMatch[] | undefined {
  const tests = Object.entries(where ?? {}).map(([label, test]) => testOf(spell(label), test, located));
  return tests.every((test) => test !== undefined) ? tests : undefined;
}

function testOf(label: string, test: LabelTest, located: Located): LabelMatch | undefined {
  if (typeof test === 'string') {
    const found = filled(test, located);
    return found && oneOf(label, found.values);
  }
  if ('not' in test) return noneOf(label, asList(test.not));
  if ('matches' in test) {
    const found = filled(test.matches, located);
    return found && { label, op: '=~', value: found.pattern };
  }
  if ('not_matches' in test) return { label, op: '!~', value: test.not_matches };
  return oneOf(label, test);
}

/** Tests from label → value, or several of which it must be one. */
export const equalities = (labels: Selected, spell: (key: string) => string = (key) => key): readonly LabelMatch[] =>
  Object.entries(labels).map(([key, value]) => oneOf(spell(key), asList(value)));

/** A scope in words, for messages: `{job="shop", instance="a:1" or "b:1"}`. */
export const inBraces = (labels: Selected): string =>
  `{${Object.entries(labels)
    .map(
      ([label, value]) =>
        `${labelName(label)}=${asList(value)
          .map((one) => `"${one}"`)
          .join(' or ')}`,
    )
    .join(', ')}}`;
