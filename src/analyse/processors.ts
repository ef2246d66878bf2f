import type { Case } from './cases.ts';
import type { Beside } from './gains.ts';
import type { Graph, Judged, Standing } from './roots.ts';

/** Processors that are not full limit at most so likely before the full hold above them. */
const mostNotFull = 0.79;
/** From here on they are told of. */
const worthTelling = 0.1;
/** From even odds on a hold that is held is rather kept by them than by what nothing shows. */
const even = 0.5;

/** How surely a full hold is its own limit, as far as nothing limits together with it. */
type Own = (standing: Standing, beside: Beside) => number | undefined;

export const besideRoot: Own = (standing, { share }) =>
  standing.kind === 'root' && share >= worthTelling ? standing.own : undefined;

/** Held longer than what is seen below explains, it limits together with processors there where these gain most: each request costs them the more the more are inside. */
export const besideHeld: Own = (standing, { share }) => (standing.kind === 'held' && share >= even ? 1 : undefined);

/** Processors that limit together with a full hold above them take their share of it, as far as they are more likely to be worth more; they are not full, and so never named for sure. */
export function withProcessors(
  judged: readonly Judged[],
  ownOf: Own,
  { beside: besideOf, leaks }: Pick<Graph, 'beside' | 'leaks'>,
): readonly Judged[] {
  const beside = judged.flatMap((hold) => {
    const { one, standing } = hold;
    const found = isFullHold(one, standing) && !leaks(one) ? besideOf(one) : undefined;
    const own = found && ownOf(standing, found);
    const leaf = judged.find((each) => each.one.resource === found?.leaf.resource && each.one.at === found.leaf.at);
    return found && own !== undefined && leaf?.standing.kind === 'unsaturated'
      ? [{ hold, leaf, own, share: mostNotFull * found.share, gains: found.gains }]
      : [];
  });
  return judged.map((each): Judged => {
    const above = beside.find(({ hold }) => hold === each);
    if (above) return { ...each, standing: { kind: 'root', own: above.own * (1 - above.share) } };
    const below = beside.find(({ leaf }) => leaf === each);
    if (!below) return each;
    const { hold, own, share, gains } = below;
    const under = { hold: hold.one, gains };
    return { ...each, saturation: hold.saturation, standing: { kind: 'root', own: own * share, under } };
  });
}

const isFullHold = ({ resource }: Case, { kind }: Standing): boolean =>
  resource.layer === 'hold' && (kind === 'root' || kind === 'held');
