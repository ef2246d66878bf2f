import type { Feeder, Piece, RequestClass, ScriptRequest, Template } from '../model/script.ts';
import { draw } from './draw.ts';
import { encodings } from './encode.ts';
import { hexOf } from './hex-of.ts';

/** One request, written out. `headers` are names and values in turn. */
export type Composed = {
  readonly method: string;
  readonly path: string;
  readonly headers: string[];
  readonly body: string | null;
  /** It is the same each time, the object too: what is made of it may be kept. */
  readonly isFixed: boolean;
};

/** What templates are filled from: what is drawn by chance belongs to (seed, index), rows and variables are those of the walk. */
export type Visit = {
  readonly seed: number;
  readonly index: number;
  /** Feeder → its row. */
  readonly rows: ReadonlyMap<string, readonly string[]>;
  readonly variables: ReadonlyMap<string, string>;
  /** The number of the walk, which no other walk of the run has. */
  readonly sequence: number;
};

/** Writes a request; `number` is its own, which no other request of the run has. */
export type Writer = (visit: Visit, number: number) => Composed;

/** Lanes of `draw`: 0 is the pacer's; one picks the class, the rest fill templates. */
const classLane = 1;
const firstTemplateLane = 2;

/** Which class arrival number `index` of a step is of, by weight, drawn from seed and index alone. */
export function pickerOf(classes: readonly RequestClass[]): (seed: number, index: number) => number {
  const sum = classes.reduce((weights, { weight }) => weights + weight, 0);
  const bounds = classes.map(
    (_, at) => classes.slice(0, at + 1).reduce((weights, { weight }) => weights + weight, 0) / sum,
  );
  if (bounds.length === 1) return () => 0;
  return (seed, index) => {
    const drawn = draw(seed, index, classLane);
    const picked = bounds.findIndex((bound) => drawn < bound);
    return picked < 0 ? bounds.length - 1 : picked;
  };
}

/** What writes the requests of a class, one after the other: templates filled, each random piece with a lane of its own. `run` makes a uuid differ from those of all other runs. */
export function writersOf(steps: readonly ScriptRequest[], feeders: readonly Feeder[], run: string): readonly Writer[] {
  let lane = firstTemplateLane;
  const fill = (template: Template): Filled => {
    const filled = filler(template, lane, { feeders, run: hexOf(run) });
    lane += template.length;
    return filled;
  };
  return steps.map((step) => {
    const { method } = step;
    const path = fill(step.path);
    const headers = headersOf(step, fill);
    const body = step.body === undefined ? undefined : fill(step.body);
    const isFixed = [step.path, ...Object.values(step.headers), step.body ?? []].every(isAlways);
    const write: Writer = (visit, number) => ({
      method,
      path: path(visit, number),
      headers: headers(visit, number),
      body: body === undefined ? null : body(visit, number),
      isFixed,
    });
    const fixed = isFixed ? write(nowhere, 0) : undefined;
    return fixed === undefined ? write : () => fixed;
  });
}

type Filled = (visit: Visit, number: number) => string;
type Given = { readonly feeders: readonly Feeder[]; readonly run: string };

/** Headers that are always the same are written once; whoever adds to them copies them. */
function headersOf(
  step: ScriptRequest,
  fill: (template: Template) => Filled,
): (visit: Visit, number: number) => string[] {
  const named = Object.entries(step.headers).map(([name, value]) => [name, fill(value)] as const);
  const write = (visit: Visit, number: number): string[] =>
    named.flatMap(([name, value]) => [name, value(visit, number)]);
  const fixed = Object.values(step.headers).every(isAlways) ? write(nowhere, 0) : undefined;
  return fixed === undefined ? write : () => fixed;
}

/** What is always the same is filled from nothing. */
const nowhere: Visit = { seed: 0, index: 0, rows: new Map(), variables: new Map(), sequence: 0 };

const isAlways = (template: Template): boolean => template.every((piece) => piece.kind === 'text');

function filler(template: Template, lane: number, given: Given): Filled {
  const parts = template.map((piece, at) => partOf(piece, lane + at, given));
  const [only] = parts;
  if (only !== undefined && parts.length === 1) return only;
  if (isAlways(template)) {
    const text = template.map((piece) => (piece.kind === 'text' ? piece.text : '')).join('');
    return () => text;
  }
  return (visit, number) => {
    let text = '';
    for (const part of parts) text += part(visit, number);
    return text;
  };
}

function partOf(piece: Piece, lane: number, { feeders, run }: Given): Filled {
  switch (piece.kind) {
    case 'text':
      return () => piece.text;
    case 'random':
      return ({ seed, index }) =>
        String(piece.low + Math.floor(draw(seed, index, lane) * (piece.high - piece.low + 1)));
    case 'row': {
      const at = feeders.find(({ name }) => name === piece.feeder)?.columns.indexOf(piece.column) ?? -1;
      return ({ rows }) => encodings[piece.as](rows.get(piece.feeder)?.[at] ?? '');
    }
    case 'variable':
      return ({ variables }) => encodings[piece.as](variables.get(piece.name) ?? '');
    case 'sequence':
      return ({ sequence }) => String(sequence);
    case 'uuid':
      return (_, number) => uuidOf(run, number);
  }
}

/** A UUID of version 8 (RFC 9562): 74 bits of the run, 48 of the request's number. */
function uuidOf(run: string, number: number): string {
  const last = number.toString(16).padStart(12, '0');
  return `${run.slice(0, 8)}-${run.slice(8, 12)}-8${run.slice(12, 15)}-8${run.slice(15, 18)}-${last}`;
}
