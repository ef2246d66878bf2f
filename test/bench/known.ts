import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Scored } from '../worlds/score.ts';
import type { Nature } from '../worlds/truth.ts';

/** A world whose nature was computed once and is kept in the repository, and whether what was said of it was right then. */
export type Known = {
  readonly family: number;
  readonly seed: number;
  readonly right: boolean;
  readonly nature: Nature;
};

/** All of them, and the simulator that they were computed with. */
export type KnownWorlds = { readonly simulator: string; readonly worlds: readonly Known[] };

export const knownFile = join(import.meta.dirname, 'results', 'known-worlds.json');

export const readKnown = (): KnownWorlds => JSON.parse(readFileSync(knownFile, 'utf8')) as KnownWorlds;

/** Right as a whole: the kind of the verdict, and the resource where one was asked for. */
export const isRight = ({ marks }: Scored): boolean => marks.kind === 1 && (marks['first @1'] ?? 1) === 1;
