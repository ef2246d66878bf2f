import { fault } from '../faults.ts';
import type { Mix, Seen, Ways } from './kind.ts';
import { commonest } from './kind-of.ts';
import { counted, mixOf } from './mix.ts';
import { at, fieldsOf, isFields, listOf, wordsOf } from './unknowns.ts';

type Entry = { readonly origin: string; readonly seen: Seen; readonly left: string | undefined };

/**
 * What a browser recorded (HAR 1.2) → the mix of requests that went to one origin: the one that is asked for, else the commonest.
 * Cookies and credentials are never copied.
 *
 * @param value the file, read as JSON
 * @throws USAGE with the number of the first entry that cannot be read
 */
export function fromHar(
  value: unknown,
  file: string,
  { ways, origin: wanted }: { readonly ways: Ways; readonly origin: string | undefined },
): Mix {
  const entries = at(fieldsOf(at(fieldsOf(value), 'log')), 'entries');
  if (!Array.isArray(entries)) throw fault('USAGE', [`${file} is no HAR: it has no list "log.entries"`]);
  const read = entries.flatMap((entry: unknown, index) => entryOf(entry, `${file}, entry ${index + 1}`) ?? []);
  const origin = wanted ?? commonest(read.map((entry) => entry.origin));
  const own = read.filter((entry) => entry.origin === origin);
  const kept = own.filter(({ left }) => left === undefined);
  if (kept.length === 0) {
    throw fault('USAGE', [
      `${file} holds no request${origin === undefined ? '' : ` to ${origin}`} that was answered well; there is no mix to make of it`,
    ]);
  }
  const { kinds, notes } = mixOf(
    kept.map(({ seen }) => seen),
    ways,
  );
  return {
    source: `${file}: ${counted(kept.length, 'request')}`,
    origin,
    kinds,
    busiest: undefined,
    notes: [...elsewhere(read, own), ...leftOut(own), ...credentials(entries), ...notes],
  };
}

function entryOf(entry: unknown, place: string): Entry | undefined {
  const request = at(fieldsOf(entry), 'request');
  if (!isFields(request)) throw fault('USAGE', [`${place}: it has no "request"`]);
  const [method, url] = [wordsOf(at(request, 'method')), wordsOf(at(request, 'url'))];
  if (method === undefined || url === undefined) {
    throw fault('USAGE', [`${place}: its request has no "${method === undefined ? 'method' : 'url'}"`]);
  }
  if (!URL.canParse(url))
    throw fault('USAGE', [`${place}: "${url.slice(0, 80)}" is no URL, as in https://shop.example/items/7`]);
  const address = new URL(url);
  if (address.protocol !== 'http:' && address.protocol !== 'https:') return undefined;
  return {
    origin: address.origin,
    seen: {
      method: method.toUpperCase(),
      path: address.pathname + address.search,
      accept: acceptOf(request),
      body: sentBody(request),
    },
    left: whyLeft(fieldsOf(entry)),
  };
}

/** Why an entry tells nothing of what the service has to do. */
function whyLeft(entry: Readonly<Record<string, unknown>>): string | undefined {
  const status = at(fieldsOf(at(entry, 'response')), 'status');
  if (at(entry, '_fromCache') !== undefined) return 'an answer from the cache of the browser';
  if (typeof status !== 'number' || status === 0) return 'no answer';
  return status >= 400 ? 'an answer from 400 on' : undefined;
}

function headersOf(
  request: Readonly<Record<string, unknown>>,
): readonly { readonly name: string; readonly value: string }[] {
  return listOf(at(request, 'headers'))
    .map(fieldsOf)
    .map((header) => ({
      name: (wordsOf(at(header, 'name')) ?? '').toLowerCase(),
      value: wordsOf(at(header, 'value')) ?? '',
    }));
}

/** Only what tells kinds of answers apart; pages of a browser take anything. */
function acceptOf(request: Readonly<Record<string, unknown>>): string | undefined {
  const accept = headersOf(request).find(({ name }) => name === 'accept')?.value;
  return accept !== undefined && /^application\/[\w.+-]+$/.test(accept) ? accept : undefined;
}

function sentBody(request: Readonly<Record<string, unknown>>): Seen['body'] {
  const posted = fieldsOf(at(request, 'postData'));
  const text = wordsOf(at(posted, 'text'));
  return text === undefined ? undefined : { type: wordsOf(at(posted, 'mimeType')) ?? '', text };
}

function elsewhere(read: readonly Entry[], own: readonly Entry[]): readonly string[] {
  const others = [
    ...Map.groupBy(
      read.filter((entry) => !own.includes(entry)),
      ({ origin }) => origin,
    ),
  ];
  const shown = others.slice(0, 5).map(([origin, list]) => `${origin} (${list.length})`);
  const more = others.length > shown.length ? ` and ${others.length - shown.length} more` : '';
  return shown.length > 0 ? [`requests to other origins, left out: ${shown.join(', ')}${more}`] : [];
}

function leftOut(own: readonly Entry[]): readonly string[] {
  const groups = Map.groupBy(
    own.flatMap(({ left }) => left ?? []),
    (left) => left,
  );
  return [...groups].map(([left, list]) => `${counted(list.length, 'request')} with ${left}: left out`);
}

function credentials(entries: readonly unknown[]): readonly string[] {
  const carried = entries.filter((entry) =>
    headersOf(fieldsOf(at(fieldsOf(entry), 'request'))).some(
      ({ name }) => name === 'cookie' || name === 'authorization',
    ),
  );
  if (carried.length === 0) return [];
  return [
    `${counted(carried.length, 'request')} carried cookies or credentials, which were not copied: what needs a login will be refused`,
  ];
}
