import { readFileSync } from 'node:fs';

/** A recorded label set: the configuration that fits it, its series, and what must come of them. */
export type LabelSet = {
  readonly configuration: string;
  readonly series: string;
  readonly expected: readonly string[];
};

/** Reads a file of this folder: parts begin with a line that is their name. */
export function labelSet(file: string): LabelSet {
  const text = readFileSync(new URL(file, import.meta.url), 'utf8');
  const part = (name: string): string =>
    new RegExp(`^${name}\\n([\\s\\S]*?)(?=^(?:configuration|series|expect)\\n|(?![\\s\\S]))`, 'm').exec(text)?.[1] ??
    '';
  return {
    configuration: part('configuration'),
    series: part('series'),
    expected: part('expect')
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '' && !line.startsWith('#')),
  };
}
