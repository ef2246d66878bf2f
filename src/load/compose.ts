import type { RequestClass, Template } from '../model/script.ts';
import { draw } from './draw.ts';

/** One request, written out. `headers` are names and values in turn, as undici takes them. */
export type Composed = {
  readonly method: string;
  readonly path: string;
  readonly headers: string[];
  readonly body: string | null;
};

/** Lanes of `draw`: 0 is the pacer's; one picks the class, the rest fill templates. */
const classLane = 1;
const firstTemplateLane = 2;

/** Writes request number `index` of a step: its class by weight, its templates filled, all of it drawn from seed and index alone. */
export function composer(classes: readonly RequestClass[]): (seed: number, index: number) => Composed {
  const sum = classes.reduce((weights, { weight }) => weights + weight, 0);
  const writers = classes.map(writerOf);
  const bounds = classes.map(
    (_, at) => classes.slice(0, at + 1).reduce((weights, { weight }) => weights + weight, 0) / sum,
  );
  return (seed, index) => {
    const drawn = draw(seed, index, classLane);
    const picked = bounds.findIndex((bound) => drawn < bound);
    const write = writers[picked] ?? writers[writers.length - 1];
    if (write === undefined) throw new RangeError('a script has at least one class of requests');
    return write(seed, index);
  };
}

type Filled = (seed: number, index: number) => string;

function writerOf(kind: RequestClass): (seed: number, index: number) => Composed {
  let lane = firstTemplateLane;
  const fill = (template: Template): Filled => {
    const filled = filler(template, lane);
    lane += template.length;
    return filled;
  };
  const path = fill(kind.path);
  const headers = Object.entries(kind.headers).map(([name, value]) => [name, fill(value)] as const);
  const body = kind.body === undefined ? undefined : fill(kind.body);
  return (seed, index) => ({
    method: kind.method,
    path: path(seed, index),
    headers: headers.flatMap(([name, value]) => [name, value(seed, index)]),
    body: body === undefined ? null : body(seed, index),
  });
}

function filler(template: Template, lane: number): Filled {
  if (template.every((piece) => piece.kind === 'text')) {
    const text = template.map((piece) => (piece.kind === 'text' ? piece.text : '')).join('');
    return () => text;
  }
  return (seed, index) =>
    template
      .map((piece, at) =>
        piece.kind === 'text'
          ? piece.text
          : String(piece.low + Math.floor(draw(seed, index, lane + at) * (piece.high - piece.low + 1))),
      )
      .join('');
}
