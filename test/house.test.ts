import { expect, test } from 'vitest';
import { type House, type Kind, kinds, type Row, type SourceFile } from './house/house.ts';
import { filesOf, namesInPacks } from './house/read-house.ts';
import { violations, violationsIn } from './house/violations.ts';

const ground = ['faults', 'names', 'model', 'stats'] as const;
const pureRooms = ['plan', 'align', 'analyse', 'limits', 'verdict', 'compare', 'survey', 'report', 'generate'] as const;

/** The floors: a row per room and per file on top of src. Files not named under `world` are pure. */
const rooms: Readonly<Record<string, Row>> = {
  faults: { sees: [] },
  names: { sees: [] },
  model: { sees: ['faults', 'names'], packages: ['typebox'], parsers: ['report.ts', 'labels.ts'] },
  stats: { sees: ground, packages: ['simple-statistics', 'ml-regression'] },

  config: {
    sees: [...ground, 'places'],
    packages: ['yaml', 'typebox', 'csv-parse'],
    world: ['load-configuration.ts'],
    parsers: ['complaint.ts', 'load-configuration.ts', 'written.ts', 'yaml-document.ts'],
  },
  plan: { sees: ground },
  load: {
    sees: ground,
    packages: ['undici'],
    world: [
      'connection.ts',
      'credentials.ts',
      'crew.ts',
      'dial.ts',
      'forbidden.ts',
      'greet.ts',
      'instant.ts',
      'open-load.ts',
      'resolve.ts',
      'room-for-connections.ts',
      'session.ts',
      'stream-place.ts',
      'vitals.ts',
      'worker.ts',
    ],
  },
  collect: {
    sees: ground,
    packages: ['prometheus-query'],
    world: ['client.ts'],
    parsers: ['answer.ts', 'client.ts'],
  },
  align: { sees: ground },
  analyse: { sees: ground, floors: ['seen', 'holds', 'saturation', 'roots', 'cost', 'capacity'] },
  limits: { sees: ground },
  verdict: { sees: ground },
  compare: { sees: ground },
  survey: { sees: ground },
  report: { sees: ground },
  generate: { sees: ground },
  publish: { sees: ground, packages: ['undici', 'pino', '@opentelemetry/*'] },
  store: { sees: ground, packages: ['node:sqlite', 'pg'], world: ['open-database.ts', 'owner.ts'] },

  run: { sees: [...ground, ...pureRooms] },
  watch: { sees: [...ground, 'run'], packages: ['croner'] },
  api: { sees: ground, packages: ['fastify', '@fastify/*'], world: ['digest.ts'] },
  cli: { sees: ground, packages: ['commander'] },

  places: { sees: [], world: ['places.ts'] },
  telemetry: { sees: ground, packages: ['pino', '@opentelemetry/*'], world: ['telemetry.ts'] },
  app: { sees: ['*'], world: ['app.ts'] },
  serve: { sees: ['*'], world: ['serve.ts'], packages: ['pino'] },
  runs: { sees: ['*'], world: ['runs.ts'] },
  begin: { sees: ['*'], world: ['begin.ts'] },
  examine: { sees: ['*'] },
  'for-k6': { sees: ['*'], world: ['for-k6.ts'] },
  running: { sees: ['*'], packages: ['pino'], world: ['running.ts'] },
  printing: { sees: ['*'], world: ['printing.ts'] },
  world: { sees: ['*'], world: ['world.ts'] },
  main: { sees: [...ground, 'places', 'app', 'cli', 'config'], packages: ['commander'], world: ['main.ts'] },
  'deploy/demo': {
    sees: [...ground, 'places', 'app', 'cli'],
    packages: ['fastify', 'pg', '@opentelemetry/*'],
    world: ['*'],
    parsers: ['*'],
  },
  // Recordings enter at `conclude`, and are made where app wires a run: configuration, world, runs.
  'test/lab': {
    sees: [...ground, 'places', 'app', 'cli', 'load', 'config', 'world', 'runs', 'run'],
    beside: ['test/', 'deploy/demo/'],
    packages: ['fastify', 'pg', 'undici', 'yaml'],
    world: ['*'],
    parsers: ['*'],
  },
};

const house: House = {
  rooms,
  neutral: ['collect', 'align', 'analyse', 'limits', 'verdict', 'report'],
  ...namesInPacks(),
};
const files = filesOf('src/**/*.ts', 'deploy/demo/**/*.ts', 'test/lab/**/*.ts');
const inWords = ({ path, line, kind, text }: ReturnType<typeof violations>[number]) =>
  `${path}:${line} ${kind}: ${kinds[kind]}: ${text}`;

test('the house is as its table says', () => {
  expect(files.length).toBeGreaterThan(50);
  expect(violations(files, house).map(inWords)).toEqual([]);
});

test('the packs name metrics and themselves, so that the rooms can be searched for them', () => {
  expect(house.metricNames.length).toBeGreaterThan(20);
  expect(house.packNames.length).toBeGreaterThan(5);
});

/** Lines of `kind | path | text`; in the text, ⏎ stands for a new line. */
function plants(path: string): readonly (SourceFile & { readonly kind: string })[] {
  return filesOf(path)
    .flatMap(({ text }) => text.split('\n'))
    .filter((line) => line.trim() !== '' && !line.startsWith('#'))
    .map((line) => {
      const [kind = '', place = '', ...text] = line.split(' | ');
      return { kind: kind.trim(), path: place.trim(), text: text.join(' | ').trim().replaceAll('⏎', '\n') };
    });
}

/** The table, with a technology that is always there to be named. */
const planted: House = { ...house, metricNames: ['brig_sails_set_total', 'brig.sail.area'], packNames: ['brig'] };
const wrong = plants('test/planted/wrong-lines.txt');
const right = plants('test/planted/right-lines.txt');

test.each(wrong)('it catches $kind in $path: $text', ({ kind, ...file }) => {
  expect(violationsIn(file, planted).map((violation) => violation.kind)).toEqual([kind]);
});

test.each(right)('it lets pass in $path: $text', (file) => {
  expect(violationsIn(file, planted)).toEqual([]);
});

test('it catches a row without a folder', () => {
  const withGhost: House = { ...house, rooms: { ...rooms, ghost: { sees: [] } } };
  expect(violations(files, withGhost)).toContainEqual({ path: 'ghost', line: 1, kind: 'no-folder', text: 'ghost' });
});

test('it catches a file of more than 300 lines', () => {
  const file = { path: 'src/stats/long.ts', text: 'export const one = 1;\n'.repeat(301) };
  expect(violationsIn(file, house).map(({ kind }) => kind)).toEqual(['length']);
});

test('there is a wrong line for every kind of violation', () => {
  const elsewhere: readonly Kind[] = ['no-folder', 'length'];
  expect([...new Set(wrong.map(({ kind }) => kind)), ...elsewhere].sort()).toEqual(Object.keys(kinds).sort());
});
