/** One line of a page of metrics. */
export type Sample = {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
};

const label = /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\["\\n])*)"/g;
const line = /^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(.*)\})? (\S+)$/;
const written: Readonly<Record<string, string>> = { '\\n': '\n', '\\"': '"', '\\\\': '\\' };

/** The samples of a page in the text format 0.0.4; throws at the first line that is none. */
export function samplesOf(page: string): readonly Sample[] {
  const lines = page.split('\n').filter((text) => text !== '' && !text.startsWith('#'));
  return lines.map((text) => {
    const [, name, inner = '', value] = line.exec(text) ?? [];
    const left = inner.replaceAll(label, '').replaceAll(',', '');
    if (name === undefined || left !== '') throw new Error(`no sample: ${text}`);
    const pairs = [...inner.matchAll(label)].map(([, key = '', quoted = '']) => {
      return [key, quoted.replaceAll(/\\[n"\\]/g, (pair) => written[pair] ?? pair)] as const;
    });
    if (new Set(pairs.map(([key]) => key)).size < pairs.length) throw new Error(`a label twice: ${text}`);
    return { name, labels: Object.fromEntries(pairs), value: Number(value) };
  });
}
