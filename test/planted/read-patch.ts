/** A line that would be wrong, where it would stand, and the test that must fail under it. */
export type Patch = {
  readonly file: string;
  /** Which trap it is, by its number in the list of traps. */
  readonly trap: number;
  /** What is wrong about it, in words. */
  readonly says: string;
  readonly target: string;
  readonly test: string;
  /** Part of the name of the test that must fail. */
  readonly fails: string;
  readonly right: readonly string[];
  readonly wrong: readonly string[];
};

/**
 * Reads a planted line: what is wrong about it, "in" a file of src, "under" a test file, "fails" (part of a test's name), then the lines as they stand
 * (after "- ") and the wrong ones (after "+ ", none to leave the right ones out). Where they stand is not told: code moves.
 */
export function readPatch(file: string, text: string): Patch {
  const lines = text.split('\n');
  const after = (word: string): readonly string[] =>
    lines.filter((line) => line === word || line.startsWith(`${word} `)).map((line) => line.slice(word.length + 1));
  const one = (word: string): string => {
    const [found, ...more] = after(word);
    if (!found || more.length > 0) throw new Error(`${file} must say once what comes after "${word}"`);
    return found;
  };
  const trap = /^\d+/u.exec(file)?.[0];
  if (trap === undefined) throw new Error(`${file} must begin with the number of its trap`);
  return {
    file,
    trap: Number(trap),
    says: lines[0] ?? '',
    target: one('in'),
    test: one('under'),
    fails: one('fails'),
    right: after('-'),
    wrong: after('+'),
  };
}
