/** What is counted of one resource of one instance, or of one second of it: the same shape for sums and for what they grow by. */
export type Counts = {
  readonly used: number;
  readonly waiting: number;
  readonly stalled: number;
  readonly completions: number;
  readonly refusals: number;
  /** Counters of its kind. */
  readonly more: Readonly<Record<string, number>>;
};

export const nothing: Counts = { used: 0, waiting: 0, stalled: 0, completions: 0, refusals: 0, more: {} };

/** What the counts come to after so many seconds. */
export function grown(counts: Counts, each: Counts, seconds: number): Counts {
  const more: Record<string, number> = { ...counts.more };
  for (const [name, rate] of Object.entries(each.more)) more[name] = (more[name] ?? 0) + rate * seconds;
  return {
    used: counts.used + each.used * seconds,
    waiting: counts.waiting + each.waiting * seconds,
    stalled: counts.stalled + each.stalled * seconds,
    completions: counts.completions + each.completions * seconds,
    refusals: counts.refusals + each.refusals * seconds,
    more,
  };
}
