import { rm } from 'node:fs/promises';
import { ownChild, top } from '../support/own-child.ts';

type Packed = { readonly files: readonly { readonly path: string }[] };

/** What the npm package holds. The build before it starts from nothing, so that no file of an older tree slips in. */
export async function tarballFiles(): Promise<string> {
  await rm(`${top}dist`, { recursive: true, force: true });
  const { code, output } = await ownChild('npm', ['pack', '--dry-run', '--json', '--silent', '--ignore-scripts=false']);
  const from = output.search(/^[[{]/m);
  if (code !== 0 || from < 0) throw new Error(`npm pack: ${output}`);
  const paths = packedOf(JSON.parse(output.slice(from))).files.map(({ path }) => path);
  return `${paths.sort().join('\n')}\n`;
}

/** npm up to 11 tells a list of packages, later ones a record by name. */
function packedOf(told: readonly Packed[] | Readonly<Record<string, Packed>>): Packed {
  const [packed] = Object.values(told);
  if (packed === undefined) throw new Error('npm pack told no package');
  return packed;
}
