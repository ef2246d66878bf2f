/** Admits so many a second, and so many at once after a rest. */
export type RateLimit = {
  readonly kind: 'rate-limit';
  readonly rate: number;
  readonly burst: number;
  tokens: number;
  since: number;
  admitted: number;
  refused: number;
};

export const makeRateLimit = (rate: number, burst: number, now: number): RateLimit => ({
  kind: 'rate-limit',
  rate,
  burst,
  tokens: burst,
  since: now,
  admitted: 0,
  refused: 0,
});

export function admits(limit: RateLimit, now: number): boolean {
  limit.tokens = Math.min(limit.burst, limit.tokens + (now - limit.since) * limit.rate);
  limit.since = now;
  if (limit.tokens < 1) {
    limit.refused += 1;
    return false;
  }
  limit.tokens -= 1;
  limit.admitted += 1;
  return true;
}

/** What is used of it has no level: only what it let pass and what it refused. */
export const lookAtRateLimit = ({ rate, admitted, refused }: RateLimit) => ({
  size: rate,
  used: 0,
  waiting: 0,
  usedTime: admitted,
  waitingTime: 0,
  stalledTime: 0,
  completions: admitted,
  refusals: refused,
  more: {},
});
