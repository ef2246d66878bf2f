import { readdir, readFile } from 'node:fs/promises';
import { type Patch, readPatch } from './read-patch.ts';

const folder = new URL('traps/', import.meta.url);

/** Every planted line, by the number of its trap. */
export async function patches(): Promise<readonly Patch[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.patch'));
  const read = files.map(async (file) => readPatch(file, await readFile(new URL(file, folder), 'utf8')));
  return (await Promise.all(read)).toSorted((a, b) => a.trap - b.trap || (a.file < b.file ? -1 : 1));
}
