import type { Comparison, Difference } from '../model/comparison.ts';
import { placesInWords } from '../model/in-words.ts';

type Line = { readonly finding: Difference['finding']; readonly text: string };

/** What was compared between two neighbouring set-ups: a sentence for each thing that can be told, one for all that cannot. */
export type ComparisonGroup = { readonly title: string; readonly lines: readonly Line[] };

/** The differences of a comparison by the runs that they are between, in its order. */
export function comparisonGroups({ reports, pairs, differences }: Comparison): readonly ComparisonGroup[] {
  const places = (ids: readonly string[]): string =>
    `${ids.length > 1 ? 'runs' : 'run'} ${placesInWords(ids.map((id) => reports.findIndex(({ run }) => run.id === id)))}`;
  return [...Map.groupBy(differences, ({ runs }) => runs.join('\n'))].map(([key, alike]) => {
    const runs = alike[0]?.runs ?? [];
    const pair = pairs.find(({ earlier, later }) => [...earlier, ...later].join('\n') === key);
    const told = alike.filter((one) => !isOpen(one));
    return {
      title: pair ? `${places(pair.earlier)} → ${places(pair.later)}` : places(runs),
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
  const why = runs.length === 2 ? 'one run each does not show how far runs of one set-up lie apart' : repeatsIn(open);
  return [{ finding: 'cannot-tell', text: `cannot tell apart: ${listed.join(', ')}; ${why}` }];
}

/** "6 to 41 runs each would decide" */
function repeatsIn(open: readonly Difference[]): string {
  const known = open.flatMap(({ repeats }) => repeats ?? []);
  if (known.length === 0) return 'more repeats would narrow it down';
  const [fewest, most] = [Math.min(...known), Math.max(...known)];
  return `about ${fewest === most ? most : `${fewest} to ${most}`} runs each would decide`;
}
