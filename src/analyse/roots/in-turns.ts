import { atCeiling } from '../../model/full.ts';
import { erlangC } from '../../stats/erlang-c.ts';
import { median } from '../../stats/median.ts';
import { from } from '../holds/kept-longer.ts';
import { type Case, computes, fillOf, isSame, known } from '../seen/cases.ts';
import type { View } from '../seen/view.ts';
import type { Graph, Judged } from './judged.ts';

/** What limits in turns with another is used to this share on average at least, and as fully as the other to this share. */
const used = 0.6;
const asFully = 0.75;
/** Work waits for the next period in half of them; for half as many processors as there are, and for half as many again as would wait if work came at random (M/M/c). */
const throttled = 0.5;
const waitingEach = 0.5;
const beyondChance = 1.5;

type Scene = Pick<Graph, 'waitsFor' | 'plateau' | 'around'> & { readonly view: View };

/**
 * Processors that are full in turns: where requests of two kinds come one after the other, each heavy on another resource, both are full for a part of the time and neither on average, though
 * goodput follows no further and a hold above both is full. What one of them leaves unused is what the other takes of the time: they share what would speak against either.
 */
export function withTurns(judged: readonly Judged[], scene: Scene): readonly Judged[] {
  const { plateau } = scene;
  if (plateau === undefined) return judged;
  const isHalfIdle = ({ one, standing }: Judged): boolean =>
    standing.kind === 'root' && isBusyInTurns(one, plateau, scene);
  const root = judged.find(isHalfIdle);
  const other = root && judged.find((each) => isInTurnWith(each, root, plateau, scene));
  if (!root || !other) return judged;
  return judged.map((each): Judged => {
    if (isSame(each.one.resource, root.one.resource) && each.standing.kind === 'root')
      return { ...each, standing: { ...each.standing, own: half } };
    const turned = isSame(each.one.resource, other.one.resource) && isInTurnWith(each, root, plateau, scene);
    return turned
      ? { ...each, saturation: root.saturation, standing: { kind: 'root', own: half, turns: root.one } }
      : each;
  });
}

const half = 0.5;

function isInTurnWith({ one, standing }: Judged, root: Judged, plateau: number, scene: Scene): boolean {
  if (standing.kind !== 'unsaturated' || isSame(one.resource, root.one.resource)) return false;
  const isBelowOne = scene.around.some(
    (hold) =>
      hold.resource.layer === 'hold' &&
      from(scene.view, plateau).some((i) => (fillOf(hold, i) ?? 0) >= atCeiling) &&
      scene.waitsFor(hold.resource, one.resource) &&
      scene.waitsFor(hold.resource, root.one.resource),
  );
  const [own, others] = [one, root.one].map((each) => meanFill(each, plateau, scene.view) ?? 0);
  return isBelowOne && isBusyInTurns(one, plateau, scene) && (own ?? 0) >= asFully * (others ?? 1);
}

/** Not full on average, and yet work waits there: more than chance would have it. */
function isBusyInTurns(one: Case, plateau: number, { view }: Scene): boolean {
  const fill = meanFill(one, plateau, view);
  if (!computes(one) || fill === undefined || fill < used || fill >= atCeiling) return false;
  const late = from(view, plateau);
  const waits = known(one.queue, late);
  const [servers] = known(one.ceiling, late);
  if (waits.length === 0 || servers === undefined) return false;
  if (one.resource.kind === 'quota') return median(waits) >= throttled;
  return median(waits) >= Math.max(waitingEach * servers, beyondChance * waitingAtRandom(servers, fill));
}

const waitingAtRandom = (servers: number, fill: number): number =>
  (erlangC(Math.max(1, Math.round(servers)), fill * Math.max(1, Math.round(servers))) * fill) / (1 - fill);

function meanFill(one: Case, plateau: number, view: View): number | undefined {
  const fills = from(view, plateau).flatMap((i) => fillOf(one, i) ?? []);
  return fills.length === 0 ? undefined : median(fills);
}
