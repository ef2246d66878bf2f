import type { Diagnosis, PrometheusDiagnosis, Prospect, Sight, Sighted, TargetDiagnosis } from '../model/diagnosis.ts';
import { duration, resourceName } from '../model/in-words.ts';

/** What a configuration and its Prometheus show, for someone who decides whether a run is worth its load. */
export function diagnosisInWords({ file, prometheus, targets, notes }: Diagnosis): string {
  const sections = [
    [file, ...prometheus.flatMap(prometheusLines), ...notes.map((note) => `  note: ${note}`)],
    ...targets.map(targetLines),
  ];
  return sections.map((lines) => lines.join('\n')).join('\n\n');
}

function prometheusLines({ name, url, text, warning }: PrometheusDiagnosis): readonly string[] {
  return [`  Prometheus "${name}" at ${url}: ${text}`, ...(warning === undefined ? [] : [`    ${warning}`])];
}

function targetLines(told: TargetDiagnosis): readonly string[] {
  const { target, load, headroom, scrape, blind, limits, verdicts, notes } = told;
  return [
    told.answerable ? target : `${target}: as things are, no run could answer`,
    `  load: ${load}`,
    `  headroom: ${headroom}`,
    `  scrapes: ${scrape}`,
    ...titled('seen', seen(told.sees)),
    ...titled(
      'blind',
      blind.map((spot) => `${resourceName(spot)}: ${spot.why}. To see it: ${spot.cure}.`),
    ),
    ...titled(
      'configured limits',
      limits.map((limit) => `${limit.verdict.replace('-', ' ')}: ${resourceName(limit)}: ${limit.text}`),
    ),
    ...titled('verdicts', prospects(verdicts)),
    ...notes.map((note) => `  note: ${note}`),
  ];
}

/** One line each; one for all where one reason rules them all out. */
function prospects(verdicts: readonly Prospect[]): readonly string[] {
  const [first] = verdicts;
  const isRuledOut = verdicts.every(({ possible, because }) => !possible && because === first?.because);
  if (first && isRuledOut) return [`none could be reached: ${first.because}`];
  return verdicts.map(
    ({ kind, possible, because }) => `${kind}: ${possible ? 'possible' : 'not possible'}; ${because}`,
  );
}

const titled = (title: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : [`  ${title}`, ...lines.map((line) => `    ${line}`)];

const sights: Readonly<Record<Sight, string>> = {
  saturation: 'how full, and whether work waits',
  fullness: 'how full, but not whether work waits',
  usage: 'how much is used, but not of how much',
};

/** One line for each component and how well it is seen, the best first. */
function seen(all: readonly Sighted[]): readonly string[] {
  const order = Object.keys(sights);
  const groups = [...Map.groupBy(all, ({ component, sight }) => `${component}: ${sights[sight]}`)];
  return groups
    .toSorted(([, [a]], [, [b]]) => order.indexOf(a?.sight ?? '') - order.indexOf(b?.sight ?? ''))
    .toSorted(([, [a]], [, [b]]) => places(all, a) - places(all, b))
    .map(([title, group]) => `${title}: ${group.map(named).join(', ')}${pace(group)}`);
}

const places = (all: readonly Sighted[], one: Sighted | undefined): number =>
  all.findIndex(({ component }) => component === one?.component);

const named = ({ resource, instances }: Sighted): string => (instances > 1 ? `${resource} (${instances})` : resource);

/** Samples as late (s) as this matter: a step has ended before they come. */
const lateFrom = 60;

function pace(group: readonly Sighted[]): string {
  const intervals = group.map(({ interval }) => interval);
  const [shortest, longest] = [Math.min(...intervals), Math.max(...intervals)];
  const every = shortest === longest ? duration(longest) : `${duration(shortest)} to ${duration(longest)}`;
  const lag = Math.max(...group.map((one) => one.lag));
  return `; every ${every}${lag >= lateFrom + longest ? `, ${duration(lag)} late` : ''}`;
}
