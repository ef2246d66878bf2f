declare const unit: unique symbol;

/** A duration in seconds. */
export type Seconds = number & { readonly [unit]: 's' };
/** A rate per second. */
export type PerSecond = number & { readonly [unit]: '1/s' };
/** A share: 0 is none, 1 is all. */
export type Ratio = number & { readonly [unit]: '1' };
/** A point in time: seconds since 1970, in the clock of Prometheus. */
export type Epoch = number & { readonly [unit]: 'epoch s' };

function checked(value: number, what: string): number {
  if (Number.isNaN(value))
    throw new RangeError(`${what} must be a number, not NaN: absence is a Reading, not a number`);
  return value;
}

export const seconds = (value: number): Seconds => checked(value, 'a duration') as Seconds;
export const perSecond = (value: number): PerSecond => checked(value, 'a rate') as PerSecond;
export const ratio = (value: number): Ratio => checked(value, 'a ratio') as Ratio;
export const epoch = (value: number): Epoch => checked(value, 'a time') as Epoch;
