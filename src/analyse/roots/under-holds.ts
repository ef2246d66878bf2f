import type { Case } from '../seen/cases.ts';
import type { Beside } from './gains.ts';
import type { Graph, Judged, Standing } from './judged.ts';

/** What is not full limits at most so likely before the full hold above it. */
const mostNotFull = 0.79;
/** From here on it is told of. */
const worthTelling = 0.1;
/** From even odds on a hold that is held is rather kept by it than by what nothing shows. */
const even = 0.5;

/** How surely it is a full hold or what works below it, as far as nothing limits together with it. */
type Own = (standing: Standing, beside: Beside) => number | undefined;

export const besideRoot: Own = (standing, { share, explains }) => {
  if (standing.kind !== 'root' || share < worthTelling) return undefined;
  return explains ? 1 : standing.own;
};

/** Held longer than what is seen below explains, it limits together with processors there where these gain most: each request costs them the more the more are inside. */
export const besideHeld: Own = (standing, { share }) => (standing.kind === 'held' && share >= even ? 1 : undefined);

/** What limits together with a full hold above it takes its share of it, as far as it is more likely to be worth more; processors that are not full are never named for sure. */
export function withWhatIsUnder(
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
      ? [{ ...found, hold, leaf, own, share: found.share * (found.isFull ? 1 : mostNotFull) }]
      : [];
  });
  return judged.map((each): Judged => {
    const above = beside.find(({ hold }) => hold === each);
    if (above) return { ...each, standing: { kind: 'root', own: above.own * (1 - above.share) } };
    const below = beside.find(({ leaf }) => leaf === each);
    if (!below) return each;
    const { hold, own, share, gains, isFull } = below;
    const under = { hold: hold.one, gains, isFull };
    return { ...each, saturation: hold.saturation, standing: { kind: 'root', own: own * share, under } };
  });
}

const isFullHold = ({ resource }: Case, { kind }: Standing): boolean =>
  resource.layer === 'hold' && (kind === 'root' || kind === 'held');
