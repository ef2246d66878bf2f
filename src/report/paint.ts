/** What a stretch of text means; how it looks is the paint's affair. */
export type Tone = 'strong' | 'faint' | 'good' | 'warn' | 'bad';

/** Colours a stretch of text that is already laid out. */
export type Paint = (text: string, tone: Tone) => string;

/** No colours: for files, pipes and NO_COLOR. */
export const plain: Paint = (text) => text;

const codes = { strong: 1, faint: 2, good: 32, warn: 33, bad: 31 } as const satisfies Record<Tone, number>;

/** The sixteen colours that every terminal has (ECMA-48 SGR). */
export const ansi: Paint = (text, tone) => `\u001b[${codes[tone]}m${text}\u001b[0m`;
