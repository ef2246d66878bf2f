import { fault } from '../faults.ts';
import type { Mix, Seen, Ways } from './kind.ts';
import { counted, mixOf } from './mix.ts';

const line =
  /^\S+ [^[]*\[([^\]]*)\] "((?:[^"\\]|\\.)*)" ([0-9]{3}) (?:[0-9]+|-)(?: "(?:[^"\\]|\\.)*" "((?:[^"\\]|\\.)*)")?(?: .*)?$/;
const request = /^([A-Z]+) (\S+) HTTP\/[0-9.]+$/;
/** Who only asks whether it is alive. */
const watchers =
  /^(?:kube-probe|prometheus|elb-healthchecker|googlehc|blackbox|envoy\/hc|consul health check|haproxy|uptime)/i;
const minute = 60;

/** What a line came to: a request, or why it is none that belongs to the mix. */
type Told = { readonly kind: 'request'; readonly seen: Seen; readonly at: string } | { readonly kind: Skipped };
type Skipped = 'garbled' | 'failed' | 'watcher';

/** Why lines were left out, in words. */
const skips: Readonly<Record<Skipped, string>> = {
  garbled: 'no HTTP request in it',
  failed: 'an answer from 400 on',
  watcher: 'a user agent that only asks whether it is alive',
};

/**
 * An access log in the combined format (the common one, and either with a virtual host before it, are read too) → the mix that it shows.
 *
 * @throws USAGE with the number of the first line that is no such line
 */
export function fromLog(text: string, file: string, ways: Ways): Mix {
  const told = text
    .split(/\r?\n/)
    .flatMap((words, index) => (words.trim() === '' ? [] : [read(words, file, index + 1)]));
  const requests = told.flatMap((one) => (one.kind === 'request' ? [one] : []));
  if (requests.length === 0)
    throw fault('USAGE', [`${file} holds no request that was answered well; there is no mix to make of it`]);
  const { kinds, notes } = mixOf(
    requests.map(({ seen }) => seen),
    ways,
  );
  const perMinute = [...Map.groupBy(requests, ({ at }) => at).values()].map(({ length }) => length);
  return {
    source: `${file}: ${counted(requests.length, 'request')}`,
    origin: undefined,
    kinds,
    busiest: perMinute.reduce((most, one) => Math.max(most, one), 0) / minute,
    notes: [...skipped(told), ...notes],
  };
}

function skipped(told: readonly Told[]): readonly string[] {
  return (['garbled', 'failed', 'watcher'] as const).flatMap((kind) => {
    const count = told.filter((one) => one.kind === kind).length;
    return count > 0 ? [`${counted(count, 'line')} with ${skips[kind]}: left out`] : [];
  });
}

function read(words: string, file: string, number: number): Told {
  const found = line.exec(words);
  if (!found) throw fault('USAGE', [`${file}:${number}: this is no line of the combined log format, as in ${example}`]);
  const [, time = '', asked = '', status = '', agent = ''] = found;
  const [, method, target] = request.exec(asked) ?? [];
  const path = target === undefined ? undefined : pathOf(target);
  if (method === undefined || path === undefined) return { kind: 'garbled' };
  if (Number(status) >= 400) return { kind: 'failed' };
  if (watchers.test(agent)) return { kind: 'watcher' };
  // 10/Oct/2000:13:55:36 -0700, up to its minute.
  return { kind: 'request', seen: { method, path }, at: time.split(':').slice(0, 3).join(':') };
}

const example = `203.0.113.7 - - [29/Nov/2026:10:15:42 +0000] "GET /items/7 HTTP/1.1" 200 512 "-" "curl/8.5"`;

/** Proxies are asked for whole URLs. */
function pathOf(target: string): string | undefined {
  if (target.startsWith('/')) return target.split('#')[0];
  if (!URL.canParse(target)) return undefined;
  const { pathname, search } = new URL(target);
  return pathname.startsWith('/') ? pathname + search : undefined;
}
