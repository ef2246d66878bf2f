import type { Labels } from './labels.ts';

type Named = { readonly component: string; readonly resource: string; readonly at: Labels };

/** One thing that two components name, read from the very same series: told by the first of these names. */
export type Twin = { readonly told: Named; readonly also: Named };
