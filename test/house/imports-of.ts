import type { Scanned } from './scan.ts';

/** One import of any form, type imports included: `from`, bare, `import()`, `import().T`, `require()`. */
export type Import = { readonly at: number; readonly what: string; readonly isPassedOn: boolean };

const loads = /(?:\bfrom|\bimport|\bimport\s*\(|\brequire\s*\(|\bimport\.meta\.resolve\s*\()\s*['"]$/;
const passesOn = /\bexport\s+(?:type\s+)?(?:\*|\{)[^;'"]*\bfrom\s*['"]$/;

export function importsOf({ code, quoted }: Scanned): readonly Import[] {
  return quoted
    .map(({ at, text }) => ({ at, what: text, before: code.slice(Math.max(0, at - 2000), at) }))
    .filter(({ before }) => loads.test(before.slice(-60)))
    .map(({ at, what, before }) => ({ at, what, isPassedOn: passesOn.test(before) }));
}

/** Where something is imported whose name is only known when it runs. */
export function computedImports({ code }: Scanned): readonly number[] {
  return [...code.matchAll(/\b(?:import|require)\s*\(\s*(?!['"\s])/g)].map((match) => match.index);
}
