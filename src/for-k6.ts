import { readFile } from 'node:fs/promises';
import type { Generated, K6Wish } from './cli/handed.ts';
import { fault } from './faults.ts';
import { k6Files } from './generate/k6.ts';
import type { Configuration, Target } from './model/configuration.ts';
import { duration } from './model/in-words.ts';
import type { Plan } from './model/plan.ts';
import type { Script } from './model/script.ts';
import type { Seconds } from './model/units.ts';
import { places } from './places.ts';
import { observation, probe, targetNamed } from './run/order-of.ts';
import { worldOf } from './world.ts';

type Given = { readonly configuration: Configuration; readonly version: string };

const reference = { kind: 'unknown', why: 'not looked up' } as const;

/**
 * The plan and requests of a target as files for k6. Its Prometheus is asked how often it scrapes; where it does not answer, the usual interval is assumed.
 *
 * @throws TARGET_UNKNOWN, TARGET_NOT_LOADABLE, PLAN_INVALID, CONFIG_INVALID
 */
export async function filesForK6(
  given: Given,
  { target: name, runners, writeTo }: K6Wish,
  stop: AbortSignal,
): Promise<{ readonly files: readonly Generated[]; readonly notes: readonly string[] }> {
  const { configuration, version } = given;
  const target = targetNamed(configuration, name);
  if (!target.load) throw fault('TARGET_NOT_LOADABLE', [name]);
  const named = { run: `k6-${name}`, version, reference };
  const scrape = await scrapeOf(given, target, stop);
  const { origin } = new URL(target.load.url);
  const { load } = probe(configuration, target, named, { origin, address: '', scrape, workers: 1, caps: {} });
  const limits = [
    ...target.objectives.latency.map(({ limit }) => limit),
    ...(target.load.stop.p95 === undefined ? [] : [target.load.stop.p95]),
  ];
  const main = await readFile(new URL('k6/main.js', places.config), 'utf8');
  const address = writeTo ?? `${(configuration.prometheus[0]?.url ?? '').replace(/\/$/, '')}/api/v1/write`;
  const files = k6Files({ ...load, limits, main, runners, writeTo: address });
  return { files, notes: [...assumed(scrape, load.plan), ...differences(load.plan, load.script, runners)] };
}

async function scrapeOf(
  { configuration, version }: Given,
  target: Target,
  stop: AbortSignal,
): Promise<Seconds | undefined> {
  const order = observation(configuration, target, { run: 'k6', version, reference });
  return (await worldOf(configuration).inventory(order, stop)).scrape;
}

const assumed = (scrape: Seconds | undefined, plan: Plan): readonly string[] =>
  scrape === undefined ? [`no Prometheus told how often it scrapes: every ${duration(plan.scrape)} is assumed`] : [];

/** What k6 does otherwise than Plimsoll's own load. */
function differences(plan: Plan, { wire, sessions, feeders, classes }: Script, runners: number): readonly string[] {
  const requests = classes.flatMap(({ steps }) => steps);
  const isTimed = requests.some(({ checks }) => checks.some(({ kind }) => kind === 'within'));
  return [
    'k6 tells latency from when a request was sent, not from when it was due; what it could not send it counts as dropped iterations',
    ...(wire.tls.caFile === undefined
      ? []
      : ['k6 trusts the authorities of its own image; SSL_CERT_FILE names others']),
    ...(wire.tls.client || wire.tls.serverName
      ? ['the certificate of the client and the name that is asked for are not handed to k6']
      : []),
    ...(plan.arrivals === 'poisson' ? ['k6 has no arrivals by chance: they are spread evenly'] : []),
    ...(isTimed ? ['"within" counts from when a request was sent'] : []),
    ...(sessions !== undefined && runners > 1
      ? [`each of the ${runners} runners logs in all ${sessions.size} sessions`]
      : []),
    ...(feeders.length > 0
      ? ['testrun.yaml and rows.json hold every row of "data": keep them as you keep those files']
      : []),
  ];
}
