import { seeded } from '../../src/model/random.ts';
import type { Report } from '../../src/model/report.ts';
import { asItIsNow } from './as-it-is-now.ts';
import { start } from './engine/start.ts';
import { buildWorld } from './families/build-world.ts';
import { families } from './families/families.ts';
import { type Oracle, oracleOf } from './oracle.ts';
import { type Scored, scoreOf } from './score.ts';
import { judgeWorld } from './seen/judge-world.ts';
import { keptNature } from './truth/keep.ts';
import { isUnseen } from './truth/kinds.ts';
import { topLoad } from './truth/schedule.ts';
import { type Nature, type Truth, truthOf } from './truth.ts';
import type { World } from './world.ts';

/** In which way a system is loaded and looked at: beyond its capacity, up to 60–90 % or to 30–60 % of it, or without the exporter of what is first. */
export const variants = ['beyond', 'below', 'low', 'blind'] as const;
export type Variant = (typeof variants)[number];

/** One world with everything that came of it. */
export type Trial = {
  readonly variant: Variant;
  readonly world: World;
  readonly truth: Truth;
  readonly report: Report;
  readonly oracle: Oracle;
  readonly scored: Scored;
};

/** All worlds of a family and a seed, one after the other: they are one system with one nature. */
export async function* trialsOf(
  family: number,
  seed: number,
  wanted: readonly Variant[] = variants,
): AsyncGenerator<Trial> {
  for (const variant of wanted) {
    const world = worldFor(family, seed, variant);
    if (world) yield await trialOf(world, variant, keptNature(asItIsNow(world), start));
  }
}

/** Judges one world of which the nature is known. */
export async function trialOf(world: World, variant: Variant, nature: Nature): Promise<Trial> {
  const now = asItIsNow(world);
  const truth = truthOf(now, nature);
  const { report, record } = await judgeWorld(world);
  const oracle = oracleOf(now, truth, { start, stretches: record.windows.length });
  return { variant, world, truth, report, oracle, scored: scoreOf(world, variant, { truth, report, oracle }) };
}

/** The world of a variant; undefined where the family has no such. */
export function worldFor(family: number, seed: number, variant: Variant): World | undefined {
  const known = families.find(({ number }) => number === family);
  if (variant === 'beyond') return buildWorld(family, seed);
  if (!known?.saturates) return undefined;
  if (variant === 'blind') return blinded(buildWorld(family, seed));
  if (known.byTime && variant === 'low') return undefined;
  return upTo(family, seed, shareFor(family, seed, variant));
}

/** How much of what is carried is asked for. */
const shares = { below: [0.6, 0.9], low: [0.3, 0.6] } as const;

function shareFor(family: number, seed: number, variant: keyof typeof shares): number {
  const random = seeded(Math.imul(family * 104_729 + seed, 0x85ebca6b) >>> 0);
  const [from, to] = shares[variant];
  return from + (to - from) * random();
}

const anyReach = 0.5;

/** The same system, loaded up to a share of what it carries. */
function upTo(family: number, seed: number, share: number): World {
  const { capacity } = keptNature(buildWorld(family, seed), start);
  const reach = (anyReach * share * capacity.rate) / topLoad(buildWorld(family, seed, { reach: anyReach }));
  return buildWorld(family, seed, { reach: Number(reach.toPrecision(4)) });
}

/** The same world with nothing that speaks of the one resource that is first. */
function blinded(world: World): World | undefined {
  const nature: Nature = keptNature(asItIsNow(world), start);
  const key = nature.first[0];
  if (nature.first.length !== 1 || key === undefined || isUnseen(world, key)) return undefined;
  return { ...world, seen: { ...world.seen, missing: [...world.seen.missing, key.replace(/:.*$/, '')] } };
}
