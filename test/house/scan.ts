/** A text in quotes: where its content begins, and what it says. A template gives one for each piece between its holes. */
export type Quoted = { readonly at: number; readonly text: string };

/** A source text with comments and the contents of quotes blanked out, every character still in its place. */
export type Scanned = { readonly code: string; readonly quoted: readonly Quoted[] };

const plain = /[^'"`/{}]+/y;
const comment = /\/\/[^\n]*|\/\*[\s\S]*?\*\//y;
const string = /'(?:\\[\s\S]|[^\\'\n])*'|"(?:\\[\s\S]|[^\\"\n])*"/y;
const regex = /\/(?![/*])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\/[a-z]*/y;
const piece = /(?:\\[\s\S]|[^\\`$]|\$(?!\{))*/y;
const beforeRegex = /(?:^|[=(,:;!&|?{}[\n>+\-*%~^<]|\b(?:return|case|typeof|of|in|do|else|throw|await|yield))\s*$/;

/** Reads TypeScript just far enough to tell code from comments, strings, templates and regular expressions. */
export function scan(text: string): Scanned {
  const quoted: Quoted[] = [];
  const within: ('braces' | 'template')[] = ['braces'];
  let code = '';

  const lengthOf = (pattern: RegExp) => {
    pattern.lastIndex = code.length;
    return pattern.exec(text)?.[0].length ?? 0;
  };
  const take = (length: number) => {
    code += text.slice(code.length, code.length + length);
  };
  const hide = (length: number) => {
    code += text.slice(code.length, code.length + length).replace(/[^\n]/g, ' ');
  };
  const quote = (length: number) => {
    quoted.push({ at: code.length, text: text.slice(code.length, code.length + length) });
    hide(length);
  };

  const readTemplate = () => {
    quote(lengthOf(piece));
    const ends = text[code.length] === '`';
    take(ends ? 1 : 2);
    if (ends) within.pop();
    else within.push('braces');
  };
  const readString = (length: number) => {
    take(1);
    quote(length - 2);
    take(1);
  };
  const readMark = () => {
    const mark = text[code.length];
    if (mark === '{') within.push('braces');
    if (mark === '}' && within.length > 1) within.pop();
    if (mark === '`') within.push('template');
    take(1);
  };
  const readRegex = () => {
    const length = beforeRegex.test(code.slice(-40)) ? lengthOf(regex) : 0;
    if (length > 0) hide(length);
    else readMark();
  };
  const readCode = () => {
    take(lengthOf(plain));
    const lengths = { comment: lengthOf(comment), string: lengthOf(string) };
    if (lengths.comment > 0) hide(lengths.comment);
    else if (lengths.string > 0) readString(lengths.string);
    else readRegex();
  };

  while (code.length < text.length) {
    if (within.at(-1) === 'template') readTemplate();
    else readCode();
  }
  return { code, quoted };
}

/** The number, from 1, of the line in which a character stands. */
export function lineOf(text: string, at: number): number {
  return text.slice(0, at).split('\n').length;
}
