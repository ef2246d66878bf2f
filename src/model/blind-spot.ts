/** A resource that should be looked at but has no data. */
export type BlindSpot = {
  readonly component: string;
  readonly resource: string;
  readonly why: string;
  /** What one would do to see it. */
  readonly cure: string;
};
