/** The part of ml-regression 6 that is used here; the package brings no types of its own. */
declare module 'ml-regression' {
  /** Ordinary least squares on several columns, by the normal equations: give it columns of like size. */
  export class MultivariateLinearRegression {
    constructor(
      x: readonly (readonly number[])[],
      y: readonly (readonly number[])[],
      options?: { readonly intercept?: boolean; readonly statistics?: boolean },
    );

    /** One row per column of `x`, then the intercept; one number per column of `y`. */
    readonly weights: readonly (readonly number[])[];
    /** The standard error of each weight; with `statistics` only. */
    readonly stdErrors: readonly number[];
    /** The covariances of the weights; with `statistics` only. */
    readonly stdErrorMatrix: { readonly get: (row: number, column: number) => number };
  }
}
