import type { Act, Load, Part, RequestClass, Resource, World } from '../world.ts';
import { rounded } from './draw.ts';
import { roughCapacities } from './rough-capacity.ts';

const number = (value: number) => String(rounded(value));

/** Everything of a thing that is plain, but what is named before. */
const rest = (of: object, but: readonly string[]) =>
  Object.entries(of)
    .filter(([key, value]) => !but.includes(key) && value !== undefined)
    .map(([key, value]) => `${key} ${typeof value === 'object' ? JSON.stringify(value) : value}`)
    .join(', ');

const resourceInWords = (resource: Resource) =>
  `      ${resource.id} (${resource.kind}): ${rest(resource, ['kind', 'id'])}`;

function partInWords(part: Part): readonly string[] {
  const where = part.on === undefined ? '' : ` on ${part.on}`;
  const calls = part.calls.length ? `, calls ${part.calls.join(', ')}` : '';
  const balance = part.balance.length ? `, balance ${part.balance.join(' ')}` : '';
  return [
    `  ${part.name} [${part.technology}] × ${part.replicas}${where}${calls}${balance}`,
    ...part.resources.map(resourceInWords),
  ];
}

function actInWords(act: Act, depth: number): readonly string[] {
  const indent = '  '.repeat(depth);
  const nested = (title: string, acts: readonly Act[]) => [
    `${indent}${title}`,
    ...acts.flatMap((one) => actInWords(one, depth + 1)),
  ];
  switch (act.do) {
    case 'cpu':
      return [`${indent}cpu of ${act.part} ${act.seconds} s, cv ${act.cv}`];
    case 'pause':
      return [`${indent}pause ${act.seconds} s, cv ${act.cv}`];
    case 'disk':
    case 'send':
      return [`${indent}${act.do} ${act.of.part}/${act.of.id}: ${rest(act, ['do', 'of'])}`];
    case 'pass':
      return [`${indent}pass ${act.of.part}/${act.of.id}`];
    case 'fail':
      return [`${indent}fail, chance ${act.chance}`];
    case 'hold':
      return nested(`hold ${act.of.part}/${act.of.id}`, act.within);
    case 'try':
      return nested(`try: ${rest(act, ['do', 'within'])}`, act.within);
    case 'look-up':
      return [...nested(`look up ${act.of.part}/${act.of.id}: hit`, act.hit), ...nested('miss', act.miss)];
  }
}

function loadInWords(load: Load): string {
  if (load.kind !== 'traffic') return `load ${load.kind}: ${rest(load, ['kind'])}`;
  const rates = load.points.map(({ rate }) => rate);
  const span = `from ${Math.min(...rates)} to ${Math.max(...rates)}/s in ${load.points.at(-1)?.at ?? 0} s`;
  return `load traffic: ${span}, timeout ${load.timeout}`;
}

const weightInWords = (points: RequestClass['weight']): string =>
  points.length > 4 ? `${points.length} points` : points.map(({ at, weight }) => `${weight} at ${at} s`).join(', ');

/** A world for a reader: parts, what requests do, rough capacities with the lowest first, load, what is seen. */
export function worldInWords(world: World): string {
  return [
    `family ${world.family}, ${world.name}, seed ${world.seed}`,
    ...world.parts.flatMap(partInWords),
    ...world.classes.flatMap((one) => [
      `  request ${one.name}, weight ${weightInWords(one.weight)}`,
      ...one.acts.flatMap((act) => actInWords(act, 3)),
    ]),
    'rough capacity',
    ...roughCapacities(world).map(
      ({ of, demand, size, capacity }) =>
        `  ${number(capacity)}/s  ${of.part}/${of.id}: ${number(size)} ÷ ${number(demand)}`,
    ),
    loadInWords(world.load),
    ...world.happenings.map((one) => `happens: ${rest(one, [])}`),
    `seen: ${rest(world.seen, [])}`,
  ].join('\n');
}
