import type { Beat } from '../model/pulse.ts';

/** Beats of running loads, from the one who makes them to all who follow. */
export interface Beats {
  readonly tell: (run: string, beat: Beat) => void;
  /** The run is over: everybody who follows it is told so. */
  readonly end: (run: string) => void;
  /**
   * The beats of a run from now on, beginning with the last one if there was any, until it ends or `stop` is aborted; none for a run that
   * was never begun here or is over. Who reads slowly misses beats instead of piling them up.
   */
  readonly of: (run: string, stop: AbortSignal) => AsyncIterable<Beat>;
  /** Makes a run one that can be followed, before its first beat. */
  readonly begin: (run: string) => void;
}

type Followed = { latest: Beat | undefined; changed: PromiseWithResolvers<void> };

/** Opens the hub; it holds one beat for each run that goes on. */
export function openBeats(): Beats {
  const going = new Map<string, Followed>();
  const wake = (followed: Followed): void => {
    const { changed } = followed;
    followed.changed = Promise.withResolvers();
    changed.resolve();
  };
  return {
    begin(run) {
      going.set(run, { latest: undefined, changed: Promise.withResolvers() });
    },
    tell(run, beat) {
      const followed = going.get(run);
      if (followed === undefined) return;
      followed.latest = beat;
      wake(followed);
    },
    end(run) {
      const followed = going.get(run);
      going.delete(run);
      if (followed !== undefined) wake(followed);
    },
    of: (run, stop) => follow(() => going.get(run), stop),
  };
}

async function* follow(find: () => Followed | undefined, stop: AbortSignal): AsyncGenerator<Beat> {
  const stopped = Promise.withResolvers<void>();
  stop.addEventListener('abort', () => stopped.resolve(), { once: true });
  let last: Beat | undefined;
  for (let followed = find(); followed !== undefined && !stop.aborted; followed = find()) {
    const { latest, changed } = followed;
    if (latest !== undefined && latest !== last) {
      last = latest;
      yield latest;
      continue;
    }
    await Promise.race([changed.promise, stopped.promise]);
  }
}
