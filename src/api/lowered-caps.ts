import { fault } from '../faults.ts';
import type { Caps } from '../model/script.ts';
import { perSecond, seconds } from '../model/units.ts';

type Asked = {
  readonly rate?: number;
  readonly inFlight?: number;
  readonly requests?: number;
  readonly duration?: number;
};

const names = ['rate', 'inFlight', 'requests', 'duration'] as const;

/** Limits as they were asked for; refuses with USAGE what is above those of the configuration. */
export function loweredCaps(asked: Asked, caps: Caps): Partial<Caps> {
  for (const name of names) {
    const value = asked[name];
    if (value !== undefined && value > caps[name]) {
      throw fault('USAGE', [
        `limits.${name} of ${value} is above the ${caps[name]} that the configuration allows; ask for less`,
      ]);
    }
  }
  const { rate, duration, ...counts } = asked;
  return {
    ...counts,
    ...(rate === undefined ? {} : { rate: perSecond(rate) }),
    ...(duration === undefined ? {} : { duration: seconds(duration) }),
  };
}
