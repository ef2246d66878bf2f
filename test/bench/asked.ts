import { parseArgs } from 'node:util';
import { families } from '../worlds/families/families.ts';
import { type Variant, variants } from '../worlds/trials.ts';

/** What is asked of the benchmark. */
export type Asked = {
  readonly minutes: number;
  /** Closing figures: so many worlds that they can be told apart from chance. */
  readonly full: boolean;
  readonly families: readonly number[];
  readonly seeds: { readonly from: number; readonly to: number };
  readonly explain: boolean;
  /** In which ways each system is loaded and looked at. */
  readonly variants: readonly Variant[];
  /** A line for each world besides. */
  readonly list: boolean;
  readonly keep: boolean;
  readonly workers: number;
};

/** Reads the arguments; throws a sentence where one is wrong. */
export function askedBy(args: readonly string[], cores: number): Asked {
  const { values } = parseArgs({
    args: [...args],
    options: {
      minutes: { type: 'string' },
      full: { type: 'boolean', default: false },
      family: { type: 'string' },
      seed: { type: 'string' },
      seeds: { type: 'string' },
      explain: { type: 'boolean', default: false },
      variant: { type: 'string' },
      list: { type: 'boolean', default: false },
      keep: { type: 'boolean' },
      workers: { type: 'string' },
    },
  });
  const one = values.seed === undefined ? undefined : whole('seed', values.seed);
  const isWhole = values.family === undefined && values.seed === undefined && values.seeds === undefined;
  return {
    minutes:
      values.minutes === undefined
        ? values.full
          ? Number.POSITIVE_INFINITY
          : 15
        : positive('minutes', values.minutes),
    full: values.full,
    families: familiesAsked(values.family),
    seeds: one === undefined ? seedsAsked(values.seeds, values.full) : { from: one, to: one },
    explain: values.explain,
    list: values.list,
    variants: variantsAsked(values.variant),
    keep: values.keep ?? isWhole,
    workers: values.workers === undefined ? cores : whole('workers', values.workers),
  };
}

/**
 * `--full`: so many seeds of each family that every score has the number of worlds it needs. What is scarcest are intervals where 60–80 % were asked for: two thirds
 * of the 36 systems of a seed that are loaded that far, nine in ten of them answered, make 450 in 21 seeds.
 */
const fullSeeds = 24;

function seedsAsked(text: string | undefined, full: boolean): Asked['seeds'] {
  if (text === undefined) return { from: 1, to: full ? fullSeeds : 1_000_000 };
  const [, from = '', to = ''] = /^(\d+)\.\.(\d+)$/.exec(text) ?? [];
  if (from === '' || Number(to) < Number(from)) throw new Error(`--seeds is written like 1..20, not ${text}`);
  return { from: Number(from), to: Number(to) };
}

function familiesAsked(text: string | undefined): readonly number[] {
  const known = families.map(({ number }) => number);
  if (text === undefined) return known;
  const asked = text.split(',').map((each) => whole('family', each));
  const unknown = asked.find((each) => !known.includes(each));
  if (unknown !== undefined) throw new Error(`there is no family ${unknown}; there are ${known.join(', ')}`);
  return asked;
}

function variantsAsked(text: string | undefined): readonly Variant[] {
  if (text === undefined) return variants;
  const asked = text.split(',');
  const unknown = asked.find((each) => !variants.some((one) => one === each));
  if (unknown !== undefined) throw new Error(`there is no variant ${unknown}; there are ${variants.join(', ')}`);
  return variants.filter((one) => asked.includes(one));
}

function whole(name: string, text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new Error(`--${name} is a whole number from 1 up, not ${text}`);
  return value;
}

function positive(name: string, text: string): number {
  const value = Number(text);
  if (!(value > 0)) throw new Error(`--${name} is a number above 0, not ${text}`);
  return value;
}
