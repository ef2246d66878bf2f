import type { BlindSpot } from '../model/blind-spot.ts';
import { rate, resourceName } from '../model/in-words.ts';
import type { Labels } from '../model/labels.ts';
import { type PerSecond, perSecond } from '../model/units.ts';
import { flow, remark } from './flow.ts';
import { nameFrom } from './guess.ts';
import type { Guess, GuessedComponent, GuessedTarget } from './guessed.ts';
import { harmless, type Kind, type Mix, type Rows } from './kind.ts';
import { feederOf } from './kind-of.ts';
import { counted } from './mix.ts';

/** All that a beginning is made of. */
export type Beginning = {
  /** The address of the Prometheus. */
  readonly prometheus: string;
  /** Labels that everything of it is narrowed by: the one of several worlds that is looked at. */
  readonly select?: Labels;
  /** What is said of that. */
  readonly worlds?: readonly string[];
  readonly guess: Guess | undefined;
  readonly mix: Mix | undefined;
  /** Where load is to go, where it was said. */
  readonly url: string | undefined;
  /** What the files of rows begin with; undefined where none are written. */
  readonly rowsAt: string | undefined;
  /** Target → what is blind of it, once that is known. */
  readonly blind: ReadonlyMap<string, readonly BlindSpot[]>;
};

/** Where nothing tells an address. */
const somewhere = 'http://127.0.0.1:8080';
/** Enough for ten steps that Prometheus sees at 15 s, and little enough to begin with. */
const limits = { rate: '50/s', in_flight: 200, requests: 50_000, duration: '15m' };

/** A beginning of the first of several worlds: what is called the same in the others is something else. */
export function narrowedTo(
  { label, values }: { readonly label: string; readonly values: readonly string[] },
  beginning: Beginning,
): Beginning {
  const [first = ''] = values;
  const text = `"${label}" is one of ${values.join(', ')}: what stands here is of ${first} alone, since things of one name in several are not to be added up`;
  return {
    ...beginning,
    select: { ...beginning.select, [label]: first },
    worlds: [...(beginning.worlds ?? []), text],
  };
}

/** A beginning as the text of a configuration, which its reader accepts; what is only guessed is said in comments. */
export function configurationText(beginning: Beginning): string {
  const { guess, mix } = beginning;
  const shared = guess?.shared ?? [];
  const [first = placeholder(beginning), ...others] = guess?.targets ?? [];
  const sources = [...(guess ? ['what Prometheus has'] : []), ...(mix ? [mix.source] : [])].join(' and ');
  const lines = [
    remark(`Begun by "plimsoll init" from ${sources}. What stands here is guessed: read it,`),
    remark(
      'correct it, then ask "plimsoll check" and "plimsoll doctor". Every setting is told in config/plimsoll.yaml of Plimsoll.',
    ),
    ...[...(guess?.notes ?? []), ...(mix?.notes ?? [])].map((note) => remark(`- ${note}`)),
    'apiVersion: plimsoll.dev/v1',
    'prometheus:',
    `  - ${flow({ name: 'main', url: beginning.prometheus, select: beginning.select })}`,
    ...(mix ? [remark('Nothing that asks for load can raise these.'), `limits: ${flow(limits)}`] : []),
    ...(shared.length > 0 ? ['components:', ...shared.flatMap((component) => componentLines(component, '  '))] : []),
    'targets:',
    ...[first, ...others].flatMap((target) => targetLines(target, target === first ? mix : undefined, beginning)),
  ];
  return `${lines.join('\n')}\n`;
}

/** Where no traffic is seen, everything that is there may belong to one target. */
function placeholder({ guess, mix, url }: Beginning): GuessedTarget {
  const address = url ?? mix?.origin;
  const host = address !== undefined && URL.canParse(address) ? new URL(address).hostname : 'target';
  const name = /^[0-9.]+$|^\[|^localhost$/.test(host) ? 'target' : nameFrom(host.split('.')[0] ?? host);
  return {
    name,
    traffic: undefined,
    own: undefined,
    beside: [],
    uses: (guess?.shared ?? []).map((one) => one.name),
    remarks: [],
  };
}

function targetLines(target: GuessedTarget, mix: Mix | undefined, beginning: Beginning): readonly string[] {
  const { name, traffic, own, beside, uses } = target;
  const blind = beginning.blind.get(name) ?? [];
  return [
    ...target.remarks.map((words) => `  ${remark(words)}`),
    `  - name: ${flow(name)}`,
    `    ${remark(`expect: ${expected(mix)}`)}`,
    `    ${remark('objectives: { p99: 300ms, errors: 1% } # what "still good" means at the front door')}`,
    ...(traffic
      ? [`    traffic: ${flow(traffic)}`]
      : [
          `    ${remark('traffic: { pack: http-otel, select: { job: … } } # its own account of its traffic; "plimsoll init --prometheus URL" looks for one')}`,
        ]),
    ...blind.map((spot) => `    ${remark(`blind: ${resourceName(spot)}: ${spot.why}; cure: ${spot.cure}`)}`),
    '    components:',
    ...(own ? componentLines(own, '      ') : ownPlaceholder(name, uses)),
    ...beside.flatMap((component) => componentLines(component, '      ')),
    ...uses.map((use) => `      - ${flow(use)}`),
    ...(mix
      ? loadLines(mix, beginning)
      : [
          `    ${remark('load: { url: …, requests: [ … ] } # allows load; "plimsoll init --from-log FILE" makes the requests')}`,
        ]),
  ];
}

function expected(mix: Mix | undefined): string {
  const busiest = mix?.busiest;
  return busiest === undefined
    ? '100/s # the load that it should carry: headroom is stated against it'
    : `${roundedUp(busiest)}/s # the busiest minute of the log: headroom is stated against the load that it should carry`;
}

const roundedUp = (perSecondSeen: number): number => Number(Math.max(0.1, perSecondSeen).toPrecision(3));

const ownPlaceholder = (name: string, uses: readonly string[]): readonly string[] =>
  uses.length > 0
    ? []
    : [
        `      ${remark('its parts: name the packs that tell of them, as in signals: [{ pack: nodejs, select: { job: … } }]')}`,
        `      - ${flow({ name, signals: [] })}`,
      ];

function componentLines(component: GuessedComponent, margin: string): readonly string[] {
  const { name, workload, signals, on, mayCall, remarks } = component;
  const inner = `${margin}  `;
  return [
    ...remarks.map((words) => margin + remark(words)),
    `${margin}- name: ${flow(name)}`,
    ...(workload
      ? [`${inner}${remark('guessed from the names of its pods')}`, `${inner}workload: ${flow(workload)}`]
      : []),
    `${inner}signals:${signals.length > 0 ? '' : ' []'}`,
    ...signals.map(
      ({ pack, select }) => `${inner}  - ${flow(Object.keys(select).length > 0 ? { pack, select } : { pack })}`,
    ),
    ...(on === undefined ? [] : [`${inner}on: ${flow(on)}`]),
    ...(mayCall.length > 0
      ? [
          `${inner}${remark(`calls: ${flow(mayCall)} # what it waits for: no series tells that. Strike out what it does not call, then let it count`)}`,
        ]
      : []),
  ];
}

function loadLines(mix: Mix, { url, rowsAt }: Beginning): readonly string[] {
  const address = url ?? mix.origin;
  const writes = mix.kinds.some(({ method, off }) => off === undefined && !harmless.includes(method));
  const sent = mix.kinds.filter(({ off }) => off === undefined);
  const kept = mix.kinds.filter(({ off }) => off !== undefined);
  return [
    '    load:',
    ...(address === undefined ? [`      ${remark('nothing tells where it runs: put its address here')}`] : []),
    `      url: ${flow(address ?? somewhere)}`,
    `      plan: ${flow({ kind: 'staircase', from: '5/s', to: limits.rate })}`,
    ...(writes ? ['      writes: true'] : []),
    ...dataLines(sent, rowsAt),
    '      requests:',
    ...(sent.length > 0 ? sent.flatMap(kindLines) : nothingSent),
    ...(kept.length > 0
      ? [
          `        ${remark('Left out; what may change things is sent only with "writes: true" above ("plimsoll init --writes").')}`,
        ]
      : []),
    ...kept.flatMap(asComments),
  ];
}

/** Rows lie beside the configuration, and are seen from there. */
function dataLines(kinds: readonly Kind[], rowsAt: string | undefined): readonly string[] {
  const files = rowFiles(kinds, rowsAt);
  if (files.length === 0) return [];
  return [
    `      ${remark('what was seen, the common as often as it was')}`,
    '      data:',
    ...files.map(
      ({ feeder, path }) =>
        `        ${flow(feeder)}: ${flow({ file: `./${path.split('/').at(-1)}`, order: 'random' })}`,
    ),
  ];
}

/** The files of rows that a mix needs, by where each is to lie. */
export function rowFiles(
  kinds: readonly Kind[],
  rowsAt: string | undefined,
): readonly { readonly feeder: string; readonly path: string; readonly text: string }[] {
  return kinds.flatMap(({ name, rows }) =>
    rows && rowsAt !== undefined ? [{ feeder: feederOf(name), path: `${rowsAt}-${name}.csv`, text: csv(rows) }] : [],
  );
}

const csv = ({ columns, rows }: Rows): string =>
  [columns, ...rows].map((row) => `${row.map((value) => `"${value.replaceAll('"', '""')}"`).join(',')}\r\n`).join('');

const nothingSent = [
  `        ${remark('none of the requests below is sent as it stands: this one only keeps the place')}`,
  `        - ${flow({ name: 'root', path: '/' })}`,
];

function kindLines({ name, weight, method, path, headers, body, remarks }: Kind): readonly string[] {
  const request = {
    name,
    weight: weight === 1 ? undefined : weight,
    method: method === 'GET' ? undefined : method,
    path,
    headers: Object.keys(headers).length > 0 ? headers : undefined,
    ...(body && ('json' in body ? { json: body.json } : { body: body.text })),
  };
  return [...remarks.map((words) => `        ${remark(words)}`), `        - ${flow(request)}`];
}

function asComments(kind: Kind): readonly string[] {
  const [line = ''] = kindLines({ ...kind, remarks: [] });
  return [
    ...[kind.off ?? '', ...kind.remarks].map((words) => `        ${remark(words)}`),
    `        ${remark(line.trim())}`,
  ];
}

/** What a reader at the terminal is told beside the file. */
export function told({ guess, mix, blind }: Beginning): readonly string[] {
  const targets = (guess?.targets ?? []).map(({ name, traffic, own }) => {
    const packs = [...(traffic ? [traffic.pack] : []), ...(own?.signals ?? []).map(({ pack }) => pack)];
    return `guessed target "${name}" (${[...new Set(packs)].join(', ')}), ${counted(blind.get(name)?.length ?? 0, 'blind spot')}`;
  });
  const shared = (guess?.shared ?? []).map(({ name, remarks }) => `guessed component "${name}", ${remarks[0]}`);
  const sent = mix?.kinds.filter(({ off }) => off === undefined).length ?? 0;
  const requests = mix
    ? [`${sent} kinds of request from ${mix.source}, ${mix.kinds.length - sent} more as comments`]
    : [];
  const peak: PerSecond | undefined = mix?.busiest === undefined ? undefined : perSecond(mix.busiest);
  const busiest = peak === undefined ? [] : [`the busiest minute of the log had ${rate(peak)}`];
  return [...targets, ...shared, ...requests, ...busiest, ...(guess?.notes ?? []), ...(mix?.notes ?? [])];
}
