import type { Beat } from '../model/pulse.ts';

/** The beats of running runs, for whoever listens: nobody is waited for, and a listener that falls behind only sees the newest. */
export type Beats = {
  readonly open: (run: string) => { readonly tell: (beat: Beat) => void; readonly close: () => void };
  readonly follow: (run: string, stop: AbortSignal) => AsyncIterable<Beat>;
};

type Channel = { last: Beat | undefined; over: boolean; wake: () => void; change: Promise<void> };

/** Opens an empty exchange of beats. */
export function openBeats(): Beats {
  const channels = new Map<string, Channel>();
  return {
    open(run) {
      const channel = newChannel();
      channels.set(run, channel);
      return {
        tell: (beat) => {
          channel.last = beat;
          stir(channel);
        },
        close: () => {
          channel.over = true;
          channels.delete(run);
          stir(channel);
        },
      };
    },
    follow: (run, stop) => follow(channels.get(run), stop),
  };
}

async function* follow(channel: Channel | undefined, stop: AbortSignal): AsyncGenerator<Beat> {
  if (!channel) return;
  const stopped = new Promise<void>((resolve) => stop.addEventListener('abort', () => resolve(), { once: true }));
  let told: Beat | undefined;
  while (!stop.aborted) {
    if (channel.last && channel.last !== told) {
      told = channel.last;
      yield told;
    } else if (channel.over) return;
    else await Promise.race([channel.change, stopped]);
  }
}

function newChannel(): Channel {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { last: undefined, over: false, wake: resolve, change: promise };
}

function stir(channel: Channel): void {
  const { promise, resolve } = Promise.withResolvers<void>();
  const { wake } = channel;
  channel.change = promise;
  channel.wake = resolve;
  wake();
}
