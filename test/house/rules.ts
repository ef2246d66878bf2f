import type { Kind } from './house.ts';

/** A pattern in code (comments and quotes blanked) that is wrong wherever the kind applies. */
export type Rule = { readonly kind: Kind; readonly pattern: RegExp };

const ambient = [
  'process',
  'console',
  'performance',
  'crypto',
  'navigator',
  'globalThis',
  'fetch',
  'WebSocket',
  'EventSource',
  'XMLHttpRequest',
  'Worker',
  'MessageChannel',
  'BroadcastChannel',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'clearTimeout',
  'clearInterval',
  'queueMicrotask',
  'localStorage',
  'require',
  'eval',
  'Intl',
  '__dirname',
  '__filename',
];

/** What reaches the world: not in a pure file. */
export const worldRules: readonly Rule[] = [
  new RegExp(`(?<![.\\w$])(?:${ambient.join('|')})\\b(?!\\s*\\??:)`, 'g'),
  /\bDate\.now\b/g,
  /\bnew\s+Date\s*(?:\(\s*\)|(?!\s*\())/g,
  /(?<![.\w$]|new\s)Date\s*\(/g,
  /\bMath\.random\b/g,
  /\bTemporal\.Now\b/g,
  /\bAtomics\.wait/g,
  /\bAbortSignal\.timeout\b/g,
  /\bnew\s+Function\b/g,
  /\bimport\.meta\b/g,
  /\.(?:toLocale\w*|getTimezoneOffset|getHours|getDate|getDay|getMonth|getFullYear|getMinutes)\s*\(/g,
].map((pattern) => ({ kind: 'world', pattern }));

/** What no file of the house may say, wherever it lies. */
export const syntaxRules: readonly Rule[] = [
  { kind: 'syntax', pattern: /\benum\s+[A-Za-z_$]/g },
  { kind: 'syntax', pattern: /(?<![.\w$])(?:namespace|module)\s+[A-Za-z_$][\w$.]*\s*\{/g },
  { kind: 'syntax', pattern: /^[ \t]*@[A-Za-z_$]/gm },
  { kind: 'syntax', pattern: /\bconstructor\s*\([^)]*\b(?:private|public|protected|readonly)\s/g },
  { kind: 'default-export', pattern: /\bexport\s+default\b|\bas\s+default\b/g },
  { kind: 'any', pattern: /(?<![.\w$])any\b(?!\s*[(:?])/g },
  { kind: 'non-null', pattern: /[\w$\])]!(?!=(?!=?\s*>))/g },
];

/** A cast; `as const` is none, and neither is a new name in an import or export. */
export const castRule: Rule = { kind: 'as', pattern: /\bas\s+(?!(?:const|default)\b)[\w$({['"`]|\bas\s*$/gm };

const empty = 'utils?|helpers?|managers?|services?|common|data|infos?|process(?:es|ing|or)?|handles?|handling';

/** Words that say nothing, as a whole name or as the word that carries it: `parseData`, `handleOrder`, `order-helper`. */
export const emptyWord = new RegExp(`^(?:${empty})$|^(?:handle|process|get)-|-(?:${empty}|impl)$`);

/** Names that are declared: functions, constants, types, classes, and what a signature calls its arguments. */
export const declared =
  /\b(?:function\*?|const|let|class|interface|type)\s+([A-Za-z_$][\w$]*)|[(,]\s*([A-Za-z_$][\w$]*)\s*\??:\s*(?=(?:string|number|boolean|unknown|readonly|Buffer)\b)/g;

/** `IShip`: a type that only repeats that it is one. */
export const prefixed = /^I[A-Z][a-z]/;

/** A name in small words: `readOrder` → `read-order`. */
export function inWords(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1-$2')
    .replace(/[_$]+/g, '-')
    .toLowerCase();
}
