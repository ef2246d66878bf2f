import { mkdir, rm, writeFile } from 'node:fs/promises';
import { goldens } from './surface-outcomes.ts';
import { surfaces } from './surfaces.ts';

/** npm run surface: writes every golden anew; the commit says in CHANGELOG.md why. */
const texts: { readonly name: string; readonly text: string }[] = [];
for (const { name, text } of surfaces) texts.push({ name, text: await text() });
await rm(goldens, { recursive: true, force: true });
await mkdir(goldens, { recursive: true });
for (const { name, text } of texts) await writeFile(new URL(name, goldens), text);
process.stdout.write(`${texts.map(({ name }) => `test/surface/goldens/${name}`).join('\n')}\n`);
