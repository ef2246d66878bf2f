import type { Clock } from '../model/clock.ts';
import type { Beat } from '../model/pulse.ts';
import { seconds } from '../model/units.ts';

/** How long a connection may stay without a word: proxies cut silent ones off. */
const silence = seconds(15);

type Stream = {
  readonly beats: (stop: AbortSignal) => AsyncIterable<Beat>;
  /** What is told last, once the beats have ended. */
  readonly last: () => Promise<unknown>;
  readonly clock: Clock;
  readonly stop: AbortSignal;
};

/**
 * The beats of a run as server-sent events: `progress` for each beat, `end` with the run as it then is, and a comment whenever nothing
 * was told for 15 s. Ends the beats when the reader goes away.
 */
export async function* eventStream({ beats, last, clock, stop }: Stream): AsyncGenerator<string> {
  const gone = new AbortController();
  const iterator = beats(AbortSignal.any([stop, gone.signal]))[Symbol.asyncIterator]();
  try {
    yield ': listening\n\n';
    let next = iterator.next();
    for (let number = 1; !stop.aborted; ) {
      const told = await orSilence(next, clock, stop);
      if (told === undefined) {
        yield ': still here\n\n';
        continue;
      }
      if (told.done) break;
      yield event('progress', told.value, number);
      number += 1;
      next = iterator.next();
    }
    if (!stop.aborted) yield event('end', await last());
  } finally {
    gone.abort();
    await iterator.return?.();
  }
}

async function orSilence<T>(next: Promise<T>, clock: Clock, stop: AbortSignal): Promise<T | undefined> {
  const told = new AbortController();
  try {
    return await Promise.race([next, clock.sleep(silence, AbortSignal.any([stop, told.signal])).then(() => undefined)]);
  } finally {
    told.abort();
  }
}

function event(name: string, value: unknown, id?: number): string {
  const lines = [...(id === undefined ? [] : [`id: ${id}`]), `event: ${name}`, `data: ${JSON.stringify(value)}`];
  return `${lines.join('\n')}\n\n`;
}
