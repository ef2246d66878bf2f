import { rm } from 'node:fs/promises';
import { ownChild, top } from '../support/own-child.ts';

type Packed = readonly [{ readonly files: readonly { readonly path: string }[] }];

/** What the npm package holds. The build before it starts from nothing, so that no file of an older tree slips in. */
export async function tarballFiles(): Promise<string> {
  await rm(`${top}dist`, { recursive: true, force: true });
  const { code, output } = await ownChild('npm', ['pack', '--dry-run', '--json', '--silent']);
  const from = output.search(/^\[/m);
  if (code !== 0 || from < 0) throw new Error(`npm pack: ${output}`);
  const packed: Packed = JSON.parse(output.slice(from));
  return `${packed[0].files
    .map(({ path }) => path)
    .sort()
    .join('\n')}\n`;
}
