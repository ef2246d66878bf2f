import { openapiGolden } from '../api/openapi-golden.ts';
import { metricsGolden } from '../publish/metrics-golden.ts';
import { exitCodeTable } from './exit-code-table.ts';
import { helps } from './helps.ts';
import { schemas } from './schemas.ts';
import { tarballFiles } from './tarball-files.ts';

/** One text that others rely on, and how it is made; its golden lies in goldens/ under its name. */
export type Surface = { readonly name: string; readonly text: () => Promise<string> };

/** Everything that stays as it is within a major version. */
export const surfaces: readonly Surface[] = [
  { name: 'help.txt', text: helps },
  { name: 'exit-codes.txt', text: exitCodeTable },
  ...schemas,
  { name: 'openapi.json', text: openapiGolden },
  { name: 'metrics.txt', text: metricsGolden },
  { name: 'tarball.txt', text: tarballFiles },
];
