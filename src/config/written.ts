import { fault, type PlimsollFault } from '../faults.ts';
import { complaintAbout } from './complaint.ts';
import { type Path, yamlDocument } from './yaml-document.ts';

/** A text that fits its schema, and the way to say what else is wrong with it. */
export type Written<T> = {
  readonly value: T;
  readonly file: string;
  readonly lineOf: (path: Path) => number;
  /** The fault about what stands at `path`. */
  readonly wrong: (path: Path, text: string) => PlimsollFault;
};

/**
 * Reads a text by its schema.
 *
 * @throws CONFIG_INVALID with file and line, what is wrong and what would be right
 */
export function written<T>(schema: object, text: string, file: string): Written<T> {
  const { value, lineOf } = yamlDocument(text, file);
  const wrong = (path: Path, sentence: string): PlimsollFault =>
    fault('CONFIG_INVALID', [`${file}:${lineOf(path)}`, sentence]);
  const complaint = complaintAbout(schema, value, []);
  if (complaint) throw wrong(complaint.path, `${inWords(complaint.path, value)}${complaint.text}`);
  return { value: value as T, file, lineOf, wrong };
}

/** Where it stands, by names instead of numbers: "targets.shop.load: ". */
function inWords(path: Path, top: unknown): string {
  const words: string[] = [];
  let value = top;
  for (const segment of path) {
    value = (value as Readonly<Record<string, unknown>> | null | undefined)?.[segment];
    const name = (value as { name?: unknown } | null | undefined)?.name;
    words.push(typeof segment === 'number' && typeof name === 'string' ? name : String(segment));
  }
  return words.length > 0 ? `${words.join('.')}: ` : '';
}
