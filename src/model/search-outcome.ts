import { type Static, Type } from 'typebox';

const Nothing = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) => Type.Union([schema, Type.Null()]);

/** Why a search was over. */
export const searchEndings = [
  'found',
  'no-limit',
  'nothing-passes',
  'limited',
  'capped',
  'cut-short',
  'budget',
] as const;
export type SearchEnding = (typeof searchEndings)[number];

/** What a search for the highest load that meets the objectives came to. Levels are requests a second, or users; each was tried. */
export const SearchOutcomeSchema = Type.Object({
  ended: Type.Enum([...searchEndings]),
  unit: Type.Enum(['requests/s', 'users']),
  /** The highest level that surely met the objectives, and for how many seconds it was held; null where it was not. */
  met: Nothing(Type.Number()),
  held: Nothing(Type.Number()),
  /** The lowest level that surely missed them. */
  missed: Nothing(Type.Number()),
  /** Levels between these that cannot be told from chance in the time that was measured. */
  open: Type.Array(Type.Number()),
  sentence: Type.String(),
});
export type SearchOutcome = Static<typeof SearchOutcomeSchema>;
