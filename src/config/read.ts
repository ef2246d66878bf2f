import {
  type Configuration,
  ConfigurationSchema,
  type ConfigurationText,
  type PrometheusSource,
  type Target,
} from '../model/configuration.ts';
import type { Note } from '../model/note.ts';
import type { Pack } from '../model/pack.ts';
import type { PlanShape } from '../model/plan-shape.ts';
import type { Caps } from '../model/script.ts';
import { perSecond, seconds } from '../model/units.ts';
import { fingerprint } from './fingerprint.ts';
import { frozen } from './frozen.ts';
import { durationOf, rateOf } from './quantity.ts';
import { type Known, resolveTarget } from './resolve-target.ts';
import { checkAddress, checkUnique } from './rules.ts';
import { type Written, written } from './written.ts';

/** What is at hand besides the configuration itself. */
export type Shelf = { readonly packs: readonly Pack[]; readonly plans: readonly PlanShape[] };

/** Without `limits` a target gets no more than this. */
const cautious: Caps = { rate: perSecond(50), inFlight: 2000, requests: 5_000_000, duration: seconds(120) };

/**
 * Reads the configuration: checked against its schema, resolved into nouns, frozen.
 *
 * @param shelf the packs and plans that it may name
 * @throws CONFIG_INVALID with file and line, what is wrong and what would be right
 */
export function readConfiguration(text: string, file: string, shelf: Shelf): Configuration {
  const config = written<ConfigurationText>(ConfigurationSchema, text, file);
  const { value } = config;
  checkUnique(config, ['prometheus'], value.prometheus);
  checkUnique(config, ['components'], value.components ?? []);
  checkUnique(config, ['targets'], value.targets ?? []);
  const known: Known = { ...shelf, config };
  const targets = (value.targets ?? []).map((target, index) => resolveTarget(known, target, ['targets', index]));
  const used = new Set(targets.flatMap(packsOf));
  return frozen({
    file,
    hash: fingerprint([value, shelf.packs.filter(({ pack }) => used.has(pack)), targets.map(({ load }) => load?.plan)]),
    prometheus: value.prometheus.map((_, index) => prometheusOf(config, index)),
    limits: capsOf(config),
    packs: shelf.packs,
    targets,
    storage: { path: value.storage?.path ?? './plimsoll.db' },
    http: { host: value.http?.host ?? '127.0.0.1', port: value.http?.port ?? 9464 },
    notes: notesOn(value),
  });
}

/** The packs that a target names. */
const packsOf = ({ components, traffic }: Target): readonly string[] => [
  ...components.flatMap(({ signals }) => signals.map(({ pack }) => pack)),
  ...(traffic ? [traffic.pack] : []),
];

function notesOn(value: ConfigurationText): readonly Note[] {
  if (value.limits) return [];
  return [
    {
      about: 'configuration',
      text: 'the configuration has no "limits", so no load exceeds 50/s or lasts longer than 2 minutes',
    },
  ];
}

function capsOf(config: Written<ConfigurationText>): Caps {
  const { limits } = config.value;
  const caps: Caps = {
    rate: limits?.rate === undefined ? cautious.rate : rateOf(limits.rate),
    inFlight: limits?.in_flight ?? cautious.inFlight,
    requests: limits?.requests ?? cautious.requests,
    duration: limits?.duration === undefined ? cautious.duration : durationOf(limits.duration),
  };
  if (caps.rate <= 0) throw config.wrong(['limits', 'rate'], 'limits.rate: a rate of 0 lets no request pass');
  if (caps.duration <= 0)
    throw config.wrong(['limits', 'duration'], 'limits.duration: a duration of 0 ends every load');
  return caps;
}

function prometheusOf(config: Written<ConfigurationText>, index: number): PrometheusSource {
  const path = ['prometheus', index] as const;
  const source = config.value.prometheus[index];
  if (!source) throw config.wrong(path, 'there is no such Prometheus');
  checkAddress(config, [...path, 'url'], source.url);
  if (source.bearer_token_file !== undefined && source.basic_auth) {
    throw config.wrong(path, `prometheus.${source.name}: either bearer_token_file or basic_auth, not both`);
  }
  return {
    name: source.name,
    url: source.url,
    flavor: source.flavor ?? 'auto',
    select: source.select ?? {},
    tenant: source.tenant,
    bearerTokenFile: source.bearer_token_file,
    basicAuth: source.basic_auth && {
      username: source.basic_auth.username,
      passwordFile: source.basic_auth.password_file,
    },
    headers: source.headers ?? {},
    headersFile: source.headers_file ?? {},
    timeout: durationOf(source.timeout ?? '30s'),
    place: { file: config.file, line: config.lineOf(path) },
  };
}
