import type { Comparison, Difference } from '../model/comparison.ts';
import { runName } from './comparison-rows.ts';

type Line = { readonly finding: Difference['finding']; readonly text: string };

/** What was compared between two neighbouring set-ups: a sentence for each thing that can be told, one for all that cannot. */
export type ComparisonGroup = { readonly title: string; readonly lines: readonly Line[] };

/** The differences of a comparison by the runs that they are between, in its order. */
export function comparisonGroups({ reports, differences }: Comparison): readonly ComparisonGroup[] {
  const placeOf = (id: string): number => reports.findIndex(({ run }) => run.id === id);
  return [...Map.groupBy(differences, ({ runs }) => runs.join('\n')).values()].map((alike) => {
    const runs = alike[0]?.runs ?? [];
    const told = alike.filter((one) => !isOpen(one));
    return {
      title: runs.map((id) => runName(placeOf(id))).join(runs.length === 2 ? ' → ' : ', '),
      lines: [
        ...told.map(({ finding, sentence }) => ({ finding, text: sentence })),
        ...openLine(alike.filter(isOpen), runs),
      ],
    };
  });
}

const demand = 'demand of ';

/** What cannot be told apart needs no sentence of its own; what cannot be compared at all does, but for demands. */
const isOpen = ({ finding, ratio, what }: Difference): boolean =>
  finding === 'cannot-tell' && (ratio !== null || what.startsWith(demand));

/** "cannot tell apart: p99 at 188/s, demand of api / cpu, db / cpu; one run each does not show …" */
function openLine(open: readonly Difference[], runs: readonly string[]): readonly Line[] {
  if (open.length === 0) return [];
  const names = open.map(({ what }) => what);
  const demands = names.filter((name) => name.startsWith(demand)).map((name) => name.slice(demand.length));
  const listed = [
    ...names.filter((name) => !name.startsWith(demand)),
    ...(demands.length === 0 ? [] : [`${demand}${demands.join(', ')}`]),
  ];
  const why =
    runs.length === 2
      ? 'one run each does not show how much runs differ by themselves'
      : 'more repeats would narrow it down';
  return [{ finding: 'cannot-tell', text: `cannot tell apart: ${listed.join(', ')}; ${why}` }];
}
