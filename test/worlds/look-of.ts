import type { Look } from './engine.ts';

/** What is told of a resource, the rest as of one that rests. */
export type Shown = Partial<Look> & { readonly part: string; readonly id: string };

export const lookOf = ({ part: name, id, ...rest }: Shown): Look => ({
  of: { part: name, id },
  replica: 0,
  instance: `${name}-0`,
  since: 0,
  size: 1,
  used: 0,
  waiting: 0,
  usedTime: 0,
  waitingTime: 0,
  stalledTime: 0,
  completions: 0,
  refusals: 0,
  more: {},
  ...rest,
});
