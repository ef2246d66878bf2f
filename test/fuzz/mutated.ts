import type { Random } from '../../src/model/random.ts';

/** What trips readers of YAML and JSON more often than chance would. */
const snags = [
  '\t',
  '\0',
  '\uFEFF',
  '\u2028',
  '\uD800',
  '&a ',
  '*a',
  '!!binary ',
  '<<: ',
  '? ',
  '- ',
  ': ',
  '|',
  '>',
  '---\n',
  '...\n',
  '#',
  '"',
  "'",
  '{',
  '}',
  '[',
  ']',
  ',',
  '%YAML 9.9\n',
  '__proto__: ',
  'constructor: ',
  '1e999',
  '-0',
  '.nan',
  '.inf',
  '0x1F',
  '0o17',
  '~',
  'null',
  'yes',
  '99999999999999999999',
  '$x',
  '{{',
  '\\u0000',
  'NaN',
  '+Inf',
];

/** A text with a few of its letters changed, left out, doubled, swapped, or a snag put in. */
export function mutated(text: string, random: Random): string {
  let result = text;
  const changes = 1 + Math.floor(random() * 4);
  for (let change = 0; change < changes; change++) result = once(result, random);
  return result;
}

function once(text: string, random: Random): string {
  const at = Math.floor(random() * (text.length + 1));
  const end = Math.min(text.length, at + Math.floor(random() * 40));
  const kinds: readonly (() => string)[] = [
    () => text.slice(0, at) + String.fromCharCode(Math.floor(random() * 256)) + text.slice(at + 1),
    () => text.slice(0, at) + text.slice(end),
    () => text.slice(0, end) + text.slice(at, end) + text.slice(end),
    () => text.slice(0, at) + (snags[Math.floor(random() * snags.length)] ?? '') + text.slice(at),
    () => text.slice(0, at),
    () => text.slice(0, at) + text.slice(at, end).repeat(1 + Math.floor(random() * 50)) + text.slice(end),
    () => text.slice(0, at) + text.slice(at, end).split('').reverse().join('') + text.slice(end),
  ];
  return kinds[Math.floor(random() * kinds.length)]?.() ?? text;
}

/** Texts that are small and mean a lot. */
export const traps: readonly string[] = [
  '',
  '\n'.repeat(1000),
  '['.repeat(20_000),
  '{a: '.repeat(10_000),
  `${'- '.repeat(10_000)}x`,
  '{"a":'.repeat(20_000),
  `a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d]\nf: [*e,*e,*e,*e,*e,*e,*e,*e,*e]\n`,
  'a: &a { b: *a }\n',
  `x: ${'9'.repeat(100_000)}\n`,
  `${'k'.repeat(200_000)}: 1\n`,
  Array.from({ length: 20_000 }, (_, index) => `k${index}: 1`).join('\n'),
  `apiVersion: plimsoll.dev/v1\nprometheus: [${'{},'.repeat(20_000)}]\n`,
  'a'.repeat(2 * 1024 * 1024),
];
