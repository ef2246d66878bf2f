import type { Script } from '../model/script.ts';
import type { Opening } from './connections.ts';
import type { Dial } from './dial.ts';
import { Session } from './session.ts';
import { StreamPlace } from './stream-place.ts';

/** Connections of HTTP/2, a place for each stream. */
export const openingStreams =
  (script: Script, dial: Dial): Opening =>
  (length, listener) => {
    const session = new Session(script, dial);
    const places = Array.from({ length }, () => new StreamPlace(session, listener));
    return { warm: (told) => session.warm(told), close: () => session.close(), places };
  };
