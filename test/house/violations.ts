import { posix } from 'node:path';
import type { House, Kind, Row, SourceFile, Violation } from './house.ts';
import { computedImports, importsOf } from './imports-of.ts';
import { castRule, declared, emptyWord, inWords, prefixed, type Rule, syntaxRules, worldRules } from './rules.ts';
import { lineOf, type Scanned, scan } from './scan.ts';

const longest = 300;

/** Everything in which the files of src, and of the folders outside it that have a row, break the rules of the house. Pure. */
export function violations(files: readonly SourceFile[], house: House): readonly Violation[] {
  const rooms = new Set(files.map(({ path }) => roomOf(path, house)));
  const empty = Object.keys(house.rooms).filter((room) => !rooms.has(room));
  return [
    ...empty.map((room): Violation => ({ path: room, line: 1, kind: 'no-folder', text: room })),
    ...files.flatMap((file) => violationsIn(file, house)),
  ];
}

/** The room of a file: its folder in src, its own name where it lies on top of src, or the folder outside src that has a row. */
function roomOf(path: string, house: House): string {
  const outside = Object.keys(house.rooms).find((room) => room.includes('/') && path.startsWith(`${room}/`));
  if (outside !== undefined) return outside;
  const [top = '', second] = path.replace(/^src\//, '').split('/');
  return second === undefined ? top.replace(/\.ts$/, '') : top;
}

/** On which floor of its room a file lies; undefined beside the inner rooms, and in a room that has none. */
function innerOf(path: string, { floors = [] }: Row): number | undefined {
  const [, , inner = '', name] = path.split('/');
  const floor = name === undefined ? -1 : floors.indexOf(inner);
  return floor < 0 ? undefined : floor;
}

/** From an inner room to a higher one, or to what lies beside them. */
function isUpwards(from: string, to: string, row: Row): boolean {
  const own = innerOf(from, row);
  return own !== undefined && (innerOf(to, row) ?? Number.POSITIVE_INFINITY) > own;
}

/** Everything in which one file breaks the rules. */
export function violationsIn(file: SourceFile, house: House): readonly Violation[] {
  const room = roomOf(file.path, house);
  const row = house.rooms[room];
  const found = (kind: Kind, at: number, text: string): Violation => ({
    path: file.path,
    line: lineOf(file.text, at),
    kind,
    text,
  });
  if (row === undefined) return [found('no-row', 0, room)];
  const scanned = scan(file.text);
  const place: Place = { file, room, row, house, scanned, found };
  return [
    ...inName(place),
    ...inImports(place),
    ...inPlaces(place),
    ...inCode(place),
    ...inWordsOf(place),
    ...inStrings(place),
    ...inLength(place),
  ];
}

type Place = {
  readonly file: SourceFile;
  readonly room: string;
  readonly row: Row;
  readonly house: House;
  readonly scanned: Scanned;
  readonly found: (kind: Kind, at: number, text: string) => Violation;
};

const isListed = (list: readonly string[] | undefined, path: string) =>
  list?.some((name) => name === '*' || path.endsWith(`/${name}`)) ?? false;

function inName({ file, row, found }: Place): readonly Violation[] {
  const inner = /^src\/[^/]+\/([^/]+)\//.exec(file.path)?.[1];
  const isUnknown = inner !== undefined && !(row.floors ?? []).includes(inner);
  const name = posix.basename(file.path).replace(/(\.lab)?\.ts$/, '');
  const folders = posix.dirname(file.path).split('/');
  return [
    ...(isUnknown ? [found('no-row', 0, inner)] : []),
    ...(/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name) ? [] : [found('filename', 0, name)]),
    ...[name, ...folders].filter((word) => emptyWord.test(word)).map((word) => found('word', 0, word)),
  ];
}

function inImports(place: Place): readonly Violation[] {
  const { scanned, found } = place;
  return [
    ...computedImports(scanned).map((at) => found('computed-import', at, lineAt(place, at))),
    ...importsOf(scanned).flatMap(({ at, what, isPassedOn }) => [
      ...(isPassedOn ? [found('barrel', at, what)] : []),
      ...(what.startsWith('.') ? localImport(place, at, what) : packageImport(place, at, what)),
    ]),
  ];
}

function localImport({ file, room, row, house, found }: Place, at: number, what: string): readonly Violation[] {
  const path = posix.join(posix.dirname(file.path), what);
  const target = roomOf(path, house);
  const isSeen = target === room || row.sees.includes(target) || row.sees.includes('*');
  const hasSuffix = /\.(ts|json|cjs)$/.test(what);
  const isBeside = row.beside?.some((folder) => path.startsWith(folder)) ?? false;
  const isOutside = !path.startsWith('src/') && target !== room;
  return [
    ...(isBeside || (isSeen && !isOutside) ? [] : [found('floor', at, `${room} → ${isOutside ? path : target}`)]),
    ...(target === room && isUpwards(file.path, path, row) ? [found('floor', at, `${file.path} → ${path}`)] : []),
    ...(hasSuffix ? [] : [found('suffix', at, what)]),
  ];
}

function packageImport({ file, row, found }: Place, at: number, what: string): readonly Violation[] {
  const name = what
    .split('/')
    .slice(0, what.startsWith('@') ? 2 : 1)
    .join('/');
  const allowed = row.packages ?? [];
  if (allowed.some((one) => one === name || one === what || (one.endsWith('/*') && name.startsWith(one.slice(0, -1)))))
    return [];
  if (!what.startsWith('node:')) return [found('package', at, what)];
  return isListed(row.world, file.path) && what !== 'node:sqlite' ? [] : [found('world', at, what)];
}

function inPlaces({ file, scanned, found }: Place): readonly Violation[] {
  if (file.path === 'src/places.ts' || !file.path.startsWith('src/')) return [];
  return scanned.quoted
    .filter(({ at, text }) => text.startsWith('..') && /\bnew\s+URL\s*\(\s*['"`]$/.test(scanned.code.slice(0, at)))
    .map(({ at, text }) => found('places', at, text));
}

function inCode({ file, row, scanned, found }: Place): readonly Violation[] {
  const isWorld = isListed(row.world, file.path);
  const mayCast = file.path === 'src/model/units.ts' || isListed(row.parsers, file.path);
  const rules: readonly Rule[] = [...(isWorld ? [] : worldRules), ...syntaxRules, ...(mayCast ? [] : [castRule])];
  const code = withoutRenames(scanned.code);
  return rules.flatMap(({ kind, pattern }) =>
    [...code.matchAll(pattern)].map((match) => found(kind, match.index, match[0].trim())),
  );
}

/** Code whose `import { a as b }` and `export { a as b }` say no `as`; what is exported as default stays. */
function withoutRenames(code: string): string {
  return code.replace(/\b(?:import|export)\s[^;=(]*?[{*][^;]*?(?:\}|\bfrom\b)/g, (statement) =>
    statement.replace(/\bas(?=\s+(?!default\b))/g, '  '),
  );
}

/** The demo speaks of the processes of the machine, so only src is held to its words. */
function inWordsOf({ file, scanned, found }: Place): readonly Violation[] {
  if (!file.path.startsWith('src/')) return [];
  return [...withoutImports(scanned.code).matchAll(declared)]
    .map((match) => ({ at: match.index, name: match[1] ?? match[2] ?? '' }))
    .filter(({ name }) => emptyWord.test(inWords(name)) || prefixed.test(name))
    .map(({ at, name }) => found('word', at, name));
}

const withoutImports = (code: string) =>
  code.replace(/\bimport\s[^;=(]*?\bfrom\b/g, (statement) => statement.replace(/[^\n]/g, ' '));

function inStrings({ room, house, scanned, found }: Place): readonly Violation[] {
  if (!house.neutral.includes(room)) return [];
  const metrics = new Set(house.metricNames);
  const namesOne = (text: string) =>
    house.packNames.includes(text) || text.split(/[^\w.:]+/).some((word) => metrics.has(word));
  return scanned.quoted.filter(({ text }) => namesOne(text)).map(({ at, text }) => found('technology', at, text));
}

function inLength({ file, found }: Place): readonly Violation[] {
  const lines = file.text.trimEnd().split('\n').length;
  return lines > longest ? [found('length', 0, `${lines} lines`)] : [];
}

function lineAt({ file }: Place, at: number): string {
  return (file.text.slice(at).split('\n')[0] ?? '').trim();
}
