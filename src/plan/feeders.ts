import { fault } from '../faults.ts';
import { feedersNamedIn } from '../model/feeders-named-in.ts';
import type { Plan } from '../model/plan.ts';
import type { FeederSource } from '../model/request-source.ts';
import { requestsPerArrival } from '../model/requests-per-arrival.ts';
import type { Feeder, Piece, RequestClass, Script } from '../model/script.ts';
import { totalsOf } from './totals.ts';

type Sending = Pick<Script, 'classes' | 'sessions'>;

/**
 * The feeders of a script, each held against what names it.
 *
 * @throws CONFIG_INVALID where a request outside all sessions names a row of a session, a value cannot stand where it is put, or a unique feeder has too few rows
 */
export function feedersOf(sources: readonly FeederSource[], sending: Sending, plan: Plan): readonly Feeder[] {
  const ofSessions = new Set((sending.sessions?.login ?? []).flatMap(feedersNamedIn));
  return sources.map((source) => {
    const { name, columns, rows, order } = source;
    const users = sending.classes.filter(({ steps }) => steps.some((step) => feedersNamedIn(step).includes(name)));
    const per = ofSessions.has(name) ? 'session' : 'walk';
    const outside = per === 'session' ? users.find(({ session }) => !session) : undefined;
    if (outside !== undefined)
      refuse(
        source,
        `each session keeps one of its rows, and request "${outside.name}" is in none; let it name another feeder`,
      );
    checkValues(source, sending);
    if (order === 'unique' && per === 'walk') checkEnough(source, sending.classes, users, plan);
    return { name, columns, rows, order, per };
  });
}

/** What a value must be like to stand in some places. */
const fitting: Readonly<Partial<Record<string, { readonly is: RegExp; readonly says: string }>>> = {
  header: { is: /^[\t\u0020-\u007e\u0080-\u00ff]*$/, says: 'a value that a header cannot carry' },
  number: { is: /^(-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?|true|false|null)$/, says: 'something that is no number' },
};

function checkValues(source: FeederSource, { classes, sessions }: Sending): void {
  const requests = [...(sessions?.login ?? []), ...classes.flatMap(({ steps }) => steps)];
  const pieces = requests.flatMap(({ headers, body }) => [...Object.values(headers).flat(), ...(body ?? [])]);
  for (const piece of pieces) checkValuesAt(source, piece);
}

function checkValuesAt(source: FeederSource, piece: Piece): void {
  if (piece.kind !== 'row' || piece.feeder !== source.name) return;
  const rule = fitting[piece.as];
  if (rule === undefined) return;
  const at = source.columns.indexOf(piece.column);
  const odd = source.rows.findIndex((row) => !rule.is.test(row[at] ?? ''));
  if (odd >= 0) refuse(source, `row ${odd + 1} has ${rule.says} in the column "${piece.column}"`);
}

/** Each arrival of a class that names it takes a row; the mix is drawn by chance, hence 4 standard deviations more where not every arrival does. */
function checkEnough(
  source: FeederSource,
  classes: readonly RequestClass[],
  users: readonly RequestClass[],
  plan: Plan,
): void {
  const weight = (some: readonly RequestClass[]): number => some.reduce((sum, one) => sum + one.weight, 0);
  const share = weight(users) / weight(classes);
  const arrivals = totalsOf(plan).requests / requestsPerArrival(classes);
  const needed = Math.ceil(arrivals * share + 4 * Math.sqrt(arrivals * share * (1 - share)));
  if (source.rows.length < needed)
    refuse(source, `the plan may need ${needed} rows of it, each once, and it has ${source.rows.length}`);
}

function refuse({ place, name }: FeederSource, why: string): never {
  throw fault('CONFIG_INVALID', [`${place.file}:${place.line}`, `feeder "${name}": ${why}`]);
}
