import { type Document, isAlias, isMap, isSeq, LineCounter, type Node, parseDocument, visit, type YAMLMap } from 'yaml';
import { fault } from '../faults.ts';

/** The way to a value: keys and indices from the top. */
export type Path = readonly (string | number)[];

/** A YAML text as plain values, that still knows on which line each of them stands. */
export type YamlDocument = { readonly value: unknown; readonly lineOf: (path: Path) => number };

/** How long a text may be (bytes), and how many entries it may have: each costs its reader about a kilobyte. */
export type Room = { readonly longest: number; readonly mostEntries: number };

/** Longer texts, or texts of more entries, are no configuration. */
const ofConfiguration: Room = { longest: 256 * 1024, mostEntries: 40_000 };
/** Aliases may stand for others; beyond this count a text is a trap, not a configuration. */
const aliases = 100;

/**
 * Reads YAML 1.2 (core schema), no key twice in a map.
 *
 * @throws CONFIG_INVALID with file and line where the text is no YAML
 */
export function yamlDocument(text: string, file: string, room = ofConfiguration): YamlDocument {
  const { longest, mostEntries } = room;
  if (text.length > longest) throw fault('CONFIG_INVALID', [file, `the file is longer than ${longest / 1024} KiB`]);
  if ((text.match(/[,[{:\n]|- /g)?.length ?? 0) > mostEntries) {
    throw fault('CONFIG_INVALID', [file, `the file has more than ${mostEntries} entries`]);
  }
  const lines = new LineCounter();
  const document = parsed(text, file, lines);
  const [broken] = document.errors;
  if (broken) {
    throw fault('CONFIG_INVALID', [`${file}:${lines.linePos(broken.pos[0]).line}`, `not YAML: ${firstLine(broken)}`]);
  }
  const again = repeatedKey(document);
  if (again) {
    const line = lines.linePos(again.offset).line;
    throw fault('CONFIG_INVALID', [
      `${file}:${line}`,
      `the key "${again.key.slice(0, 60)}" stands here for the second time`,
    ]);
  }
  return { value: plain(document, file), lineOf: (path) => lineOf(document, path, lines) };
}

function parsed(text: string, file: string, lineCounter: LineCounter): Document.Parsed {
  try {
    return parseDocument(text, { lineCounter, prettyErrors: false, uniqueKeys: false });
  } catch (error) {
    throw fault('CONFIG_INVALID', [`${file}:1`, `not YAML: ${firstLine(error)}`], error);
  }
}

/** The first key that its map already has. (The parser's own check compares every key with every other.) */
function repeatedKey(document: Document.Parsed): { readonly key: string; readonly offset: number } | undefined {
  let found: { readonly key: string; readonly offset: number } | undefined;
  visit(document, {
    Map: (_, map) => {
      found = repeatedIn(map);
      return found ? visit.BREAK : undefined;
    },
  });
  return found;
}

function repeatedIn(map: YAMLMap): { readonly key: string; readonly offset: number } | undefined {
  const seen = new Set<string>();
  for (const { key } of map.items) {
    const text = textOf(key);
    if (seen.has(text)) return { key: text, offset: offsetOf(key) ?? 0 };
    seen.add(text);
  }
  return undefined;
}

function plain(document: Document.Parsed, file: string): unknown {
  try {
    return document.toJS({ maxAliasCount: aliases });
  } catch (error) {
    throw fault('CONFIG_INVALID', [`${file}:1`, `not readable: ${firstLine(error)}`], error);
  }
}

function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.split('\n')[0] ?? text;
}

function lineOf(document: Document.Parsed, path: Path, lines: LineCounter): number {
  let offset = document.contents?.range?.[0] ?? 0;
  let node: unknown = document.contents;
  for (const segment of path) {
    const next = childOf(isAlias(node) ? node.resolve(document) : node, segment);
    if (!next) break;
    offset = next.offset ?? offset;
    node = next.node;
  }
  return Math.max(1, lines.linePos(offset).line);
}

function childOf(node: unknown, segment: string | number): { node: unknown; offset: number | undefined } | undefined {
  if (isSeq(node)) {
    const item = node.items[Number(segment)];
    return item === undefined ? undefined : { node: item, offset: offsetOf(item) };
  }
  if (!isMap(node)) return undefined;
  const pair = node.items.find((item) => textOf(item.key) === String(segment));
  return pair && { node: pair.value, offset: offsetOf(pair.key) };
}

const textOf = (key: unknown): string => String((key as { value?: unknown } | null)?.value ?? key);
const offsetOf = (node: unknown): number | undefined => (node as Node | null)?.range?.[0];
