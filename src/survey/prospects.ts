import type { BlindSpot } from '../model/blind-spot.ts';
import type { Prospect, Sighted } from '../model/diagnosis.ts';
import { resourceName } from '../model/in-words.ts';

/** What decides which verdicts can be reached. */
export type Basis = {
  /** Whether the load will be known: our own, or the target's account of its traffic. */
  readonly isLoadKnown: boolean;
  readonly sees: readonly Sighted[];
  readonly blind: readonly BlindSpot[];
  readonly hasObjectives: boolean;
};

const noLoad = 'neither a "load" nor "traffic" with data tells how much there is to do';

/** Whether each verdict that answers, and the one that says where the limit is not, could be reached as things are. */
export function prospectsOf(basis: Basis): readonly Prospect[] {
  const { isLoadKnown, sees, blind, hasObjectives } = basis;
  const sure = sees.filter(({ sight }) => sight === 'saturation');
  const bounded = sees.filter(({ sight }) => sight !== 'usage');
  const all = `${sure.length} of ${sees.length} resources show how full they are and whether work waits`;
  const when = (possible: boolean, because: string): Omit<Prospect, 'kind'> =>
    isLoadKnown ? { possible, because } : { possible: false, because: noLoad };
  return [
    { kind: 'saturated', ...when(sure.length > 0, all) },
    {
      kind: 'near-tie',
      ...when(sure.length > 1, sure.length > 1 ? all : 'it takes two resources that can be told full'),
    },
    { kind: 'unobserved-limit', ...when(true, unseen(blind)) },
    {
      kind: 'objective-limited',
      ...when(
        hasObjectives,
        hasObjectives ? 'the configuration states objectives' : 'the configuration states no objectives',
      ),
    },
    {
      kind: 'not-reached',
      ...when(
        bounded.length > 0,
        bounded.length > 0
          ? `${bounded.length} of ${sees.length} resources have a known ceiling to come near to`
          : 'no resource is seen together with its ceiling',
      ),
    },
  ];
}

function unseen(blind: readonly BlindSpot[]): string {
  if (blind.length === 0) return 'only a limit that no pack knows of would come out as this';
  const names = blind.map(resourceName);
  const shown = names.slice(0, 3).join(', ');
  const more = names.length > 3 ? ` and ${names.length - 3} more` : '';
  return `a limit in ${shown}${more} would come out as this`;
}
