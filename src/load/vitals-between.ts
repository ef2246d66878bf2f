/** Readings of one worker thread and its process at one time, all cumulative, in seconds; undefined where the system does not tell. */
export type VitalSigns = {
  readonly at: number;
  readonly loopBusy: number;
  readonly cpu: number;
  readonly runQueue: number | undefined;
  readonly periods: { readonly all: number; readonly throttled: number } | undefined;
};

/** How one worker fared between two readings: shares of the time (of the periods, for `throttled`). */
export type Vitals = {
  /** Share of the time that its event loop was not waiting for events. */
  readonly loop: number;
  /** Cores that its thread used. */
  readonly cpu: number;
  /** Share of the time that it could run and was not let. */
  readonly runQueue: number | undefined;
  /** Share of its cgroup's quota periods that were cut short. */
  readonly throttled: number | undefined;
};

/** What two readings of cumulative numbers say of the time between them; undefined where no time lies between them. */
export function vitalsBetween(from: VitalSigns, to: VitalSigns): Vitals | undefined {
  const length = to.at - from.at;
  if (!(length > 0)) return undefined;
  return {
    loop: (to.loopBusy - from.loopBusy) / length,
    cpu: (to.cpu - from.cpu) / length,
    runQueue:
      from.runQueue === undefined || to.runQueue === undefined ? undefined : (to.runQueue - from.runQueue) / length,
    throttled: throttledBetween(from.periods, to.periods),
  };
}

function throttledBetween(from: VitalSigns['periods'], to: VitalSigns['periods']): number | undefined {
  if (from === undefined || to === undefined) return undefined;
  const periods = to.all - from.all;
  return periods > 0 ? (to.throttled - from.throttled) / periods : 0;
}
