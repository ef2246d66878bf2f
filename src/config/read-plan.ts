import type { PlanShape, PlanText } from '../model/plan-shape.ts';
import { PlanShapeSchema } from '../model/plan-shape.ts';
import { frozen } from './frozen.ts';
import { durationOf, rateOf, shareOf, thinkOf } from './quantity.ts';
import { type Written, written } from './written.ts';
import type { Path } from './yaml-document.ts';

type Wrong = Pick<Written<unknown>, 'wrong'>;
type Model = PlanShape['model'];

/**
 * Reads a plan file: how load is offered. Its name is the file's.
 *
 * @throws CONFIG_INVALID with file and line, what is wrong and what would be right
 */
export function readPlan(text: string, file: string, name: string): PlanShape {
  const read = written<PlanText>(PlanShapeSchema, text, file);
  return frozen(planShape(read, read.value, [], name));
}

/**
 * A plan's texts as numbers.
 *
 * @throws CONFIG_INVALID where rates and users are mixed, or something is said of users that only arrivals have, or the other way round
 */
export function planShape(config: Wrong, plan: PlanText, path: Path, name: string): PlanShape {
  const model = modelOf(config, plan, path);
  const ofAny = {
    name,
    model,
    settle: optional(plan.settle, durationOf),
    measure: optional(plan.measure, durationOf),
    arrivals: plan.arrivals,
    seed: plan.seed,
    think: optional(plan.think, thinkOf),
    spawn: optional(plan.spawn, rateOf),
  };
  switch (plan.kind) {
    case 'staircase': {
      const { from, to, factor, rates, users } = plan;
      if (rates !== undefined && users !== undefined)
        throw config.wrong([...path, 'users'], 'the plan gives "rates" and also "users"; one of them is its levels');
      const levels = users ?? rates?.map(rateOf);
      const ends = { from: optional(from, levelOf), to: optional(to, levelOf) };
      return { ...ofAny, kind: plan.kind, ...ends, factor, levels, overloadedSteps: plan.overloaded_steps };
    }
    case 'ramp':
      return {
        ...ofAny,
        kind: plan.kind,
        from: optional(plan.from, levelOf),
        to: optional(plan.to, levelOf),
        lasts: optional(plan.lasts, durationOf),
      };
    case 'soak':
      return { ...ofAny, kind: plan.kind, at: levelOf(plan.at), lasts: optional(plan.lasts, durationOf) };
    case 'spike':
      return {
        ...ofAny,
        kind: plan.kind,
        from: levelOf(plan.from),
        to: levelOf(plan.to),
        before: optional(plan.before, durationOf),
        lasts: optional(plan.lasts, durationOf),
        after: optional(plan.after, durationOf),
      };
    case 'search':
      return {
        ...ofAny,
        kind: plan.kind,
        from: optional(plan.from, levelOf),
        to: optional(plan.to, levelOf),
        factor: plan.factor,
        precision: optional(plan.precision, shareOf),
        hold: optional(plan.hold, durationOf),
      };
  }
}

const levelKeys = ['from', 'to', 'at', 'rates', 'users'] as const;

/** The unit of its levels says which model a plan is of; without levels arrivals are meant. */
function modelOf(config: Wrong, plan: PlanText, path: Path): Model {
  const told = levelKeys.flatMap((key) => {
    const value = writtenAt(plan, key);
    return value === undefined ? [] : [{ key, model: isUsers(key, value) ? ('closed' as const) : ('open' as const) }];
  });
  const model = told[0]?.model ?? 'open';
  const other = told.find((one) => one.model !== model);
  if (other)
    throw config.wrong([...path, other.key], 'the plan mixes rates and users; a plan offers either arrivals or users');
  const misplaced = (model === 'open' ? (['think', 'spawn'] as const) : (['arrivals'] as const)).find(
    (key) => plan[key] !== undefined,
  );
  if (misplaced !== undefined) throw config.wrong([...path, misplaced], misplacedInWords[misplaced]);
  if (model === 'closed' && plan.think === undefined)
    throw config.wrong(
      path,
      'the plan has users but not how long they "think" between an answer and the next request, as in 1s, 1s..3s, exponential 2s, lognormal 2s 1s, or 0s',
    );
  return model;
}

const misplacedInWords = {
  think: '"think" is said of users; arrivals wait for nothing, so give levels in users, as in "50 users"',
  spawn: '"spawn" is said of users; give levels in users, as in "50 users"',
  arrivals: '"arrivals" is said of rates; users send when they have thought',
} as const;

const writtenAt = (plan: PlanText, key: (typeof levelKeys)[number]): unknown => Reflect.get(plan, key);

const isUsers = (key: string, value: unknown): boolean =>
  key === 'users' || (typeof value === 'string' && value.includes('user'));

/** @example levelOf('50 users') // => 50, and levelOf('120/min') // => 2 */
const levelOf = (text: string): number => (text.includes('user') ? Number.parseInt(text, 10) : rateOf(text));

const optional = <T>(text: string | undefined, read: (text: string) => T): T | undefined =>
  text === undefined ? undefined : read(text);
