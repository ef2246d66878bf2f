/** Readings of one worker thread and its process at one time, all cumulative, in seconds; undefined where the system does not tell. */
export type VitalSigns = {
  readonly at: number;
  readonly loopBusy: number;
  readonly cpu: number;
  readonly runQueue: number | undefined;
  readonly periods: { readonly all: number; readonly throttled: number } | undefined;
  readonly garbage?: number;
  /** Network links whose speed is known, with the bytes that they have carried either way. */
  readonly links?: readonly Link[];
};

/** `speed` in bytes a second, each way. */
export type Link = {
  readonly name: string;
  readonly speed: number;
  readonly sent: number;
  readonly received: number;
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
  /** Share of the time that it collected garbage. */
  readonly garbage?: number;
  /** Share of its speed at which the busiest link carried, of all that the machine sent and received. */
  readonly link?: number;
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
    ...(from.garbage === undefined || to.garbage === undefined
      ? {}
      : { garbage: (to.garbage - from.garbage) / length }),
    ...busiest(from.links ?? [], to.links ?? [], length),
  };
}

function busiest(from: readonly Link[], to: readonly Link[], length: number): { readonly link?: number } {
  const shares = to.flatMap(({ name, speed, sent, received }) => {
    const before = from.find((link) => link.name === name);
    return before === undefined ? [] : [Math.max(sent - before.sent, received - before.received) / length / speed];
  });
  return shares.length === 0 ? {} : { link: Math.max(...shares) };
}

function throttledBetween(from: VitalSigns['periods'], to: VitalSigns['periods']): number | undefined {
  if (from === undefined || to === undefined) return undefined;
  const periods = to.all - from.all;
  return periods > 0 ? (to.throttled - from.throttled) / periods : 0;
}
