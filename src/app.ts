import { readFile } from 'node:fs/promises';
import type { Checked, Commands, Generated, Rehearsal } from './cli/handed.ts';
import { loadConfiguration } from './config/load-configuration.ts';
import { fault } from './faults.ts';
import type { Configuration } from './model/configuration.ts';
import type { Note } from './model/note.ts';
import type { Report } from './model/report.ts';
import type { Store } from './model/store.ts';
import type { Settings } from './serve.ts';

/** The work behind the commands. Each loads what it needs when it is asked for: telling a version takes no database. */
export function commandsOf(settings: Settings): Commands {
  const { version } = settings;
  return {
    check: async (config) => checked(await loadConfiguration(config)),
    doctor: async (config, tell, stop) => {
      const configuration = await loadConfiguration(config);
      const [{ examine }, { worldOf }] = await Promise.all([import('./examine.ts'), import('./world.ts')]);
      const looking = (target: string) => tell({ kind: 'stage', text: `looking at ${target} and its Prometheus` });
      return await examine(configuration, worldOf(configuration), looking, stop);
    },
    init: async (wish, tell, stop) => {
      const { begin } = await import('./begin.ts');
      return await begin(wish, (text) => tell({ kind: 'stage', text }), stop);
    },
    rehearse: async (config, target) => rehearsed(await loadConfiguration(config), target, version),
    run: async (config, target, tell, stop) => {
      const configuration = await loadConfiguration(config);
      const { prepareProbe } = await import('./runs.ts');
      tell({ kind: 'stage', text: `looking at ${target} and its Prometheus` });
      const prepared = await prepareProbe({ configuration, version }, target, {}, stop);
      for (const note of prepared.notes) tell({ kind: 'note', note });
      const { plan } = prepared.order.load;
      const steps =
        plan.kind === 'search' ? 'a search' : `${plan.steps.length} ${plan.steps.length === 1 ? 'step' : 'steps'}`;
      tell({ kind: 'stage', text: `run ${prepared.order.run}: ${steps}` });
      await using store = await openStore(configuration, tell);
      return await prepared.carryOut(store, { begun: () => {}, beat: (beat) => tell({ kind: 'beat', beat }) }, stop);
    },
    observe: async (config, { target, span }, tell, stop) => {
      const configuration = await loadConfiguration(config);
      const { prepareObservation } = await import('./runs.ts');
      const prepared = await prepareObservation({ configuration, version }, target, span, stop);
      for (const note of prepared.notes) tell({ kind: 'note', note });
      tell({ kind: 'stage', text: `run ${prepared.order.run}: reading what others' load showed` });
      await using store = await openStore(configuration, tell);
      return await prepared.carryOut(store, { begun: () => {}, beat: () => {} }, stop);
    },
    compare: async (config, sides) => {
      const { compareSides } = await import('./compare/compare-sides.ts');
      return compareSides(
        await reportsOf(config, sides.flat()),
        sides.map((runs) => runs.length),
      );
    },
    stop: async (config, run) => {
      await using store = await openStore(await loadConfiguration(config), () => {});
      return await store.requestStop(run);
    },
    serve: async (config, listening, stop) => {
      const { serve } = await import('./serve.ts');
      await using serving = await serve(config, settings, stop);
      listening(serving.url);
      if (!stop.aborted) await new Promise((resolve) => stop.addEventListener('abort', resolve, { once: true }));
    },
    generate: async (what) => generated(what),
    generateK6: async (config, wish, stop) => {
      const configuration = await loadConfiguration(config);
      const { filesForK6 } = await import('./for-k6.ts');
      return await filesForK6({ configuration, version }, wish, stop);
    },
    printReport: async (report, format, look) => (await import('./printing.ts')).printReport(report, format, look),
    printComparison: async (comparison, format, look) =>
      (await import('./printing.ts')).printComparison(comparison, format, look),
  };
}

async function checked(configuration: Configuration): Promise<Checked> {
  const { checkLoad } = await import('./run/order-of.ts');
  for (const target of configuration.targets) checkLoad(configuration, target);
  const targets = configuration.targets.map((target) => ({
    name: target.name,
    components: target.components.map((component) => component.name),
    loadable: target.load !== undefined,
  }));
  return { file: configuration.file, targets, notes: configuration.notes };
}

async function rehearsed(configuration: Configuration, name: string, version: string): Promise<Rehearsal> {
  const { prepareProbe } = await import('./runs.ts');
  const { stopRulesInWords } = await import('./plan/stop-rules-in-words.ts');
  const { scriptInWords } = await import('./plan/script-in-words.ts');
  const { totalsOf } = await import('./plan/totals.ts');
  const { planInWords } = await import('./plan/plan-in-words.ts');
  const { order, notes, queries } = await prepareProbe(
    { configuration, version },
    name,
    {},
    new AbortController().signal,
  );
  const { plan, script, guards, stop } = order.load;
  const totals = totalsOf(plan);
  return {
    target: name,
    origin: script.origin,
    plan,
    sends: scriptInWords(script),
    steps: planInWords(plan),
    requests: totals.requests,
    duration: totals.duration,
    queries: [...queries, ...Object.entries(guards).map(([about, promql]) => ({ about: `guard ${about}`, promql }))],
    stopRules: stopRulesInWords(guards, stop),
    notes,
  };
}

async function openStore(
  configuration: Configuration,
  tell: (progress: { readonly kind: 'note'; readonly note: Note }) => void,
): Promise<Store> {
  const { openSqliteStore } = await import('./store/sqlite-store.ts');
  const { store, notes } = await openSqliteStore(configuration.storage.path);
  for (const note of notes) tell({ kind: 'note', note });
  return store;
}

/** Reports by the id of a kept run, or by the path of a file; a configuration is only needed for ids. */
async function reportsOf(config: string, runs: readonly string[]): Promise<readonly Report[]> {
  const files = await Promise.all(runs.map(reportIn));
  if (files.every((file) => file !== undefined)) return files;
  await using store = await openStore(await loadConfiguration(config), () => {});
  return await Promise.all(
    runs.map(async (run, i) => {
      const report = files[i] ?? (await store.report(run));
      if (!report) throw fault('RUN_UNKNOWN', [run]);
      return report;
    }),
  );
}

async function reportIn(path: string): Promise<Report | undefined> {
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const { readReport } = await import('./model/read-report.ts');
  const report = readReport(text);
  if (typeof report === 'string') throw fault('USAGE', [`${path} is not a report: ${report}`]);
  return report;
}

async function generated(what: Parameters<Commands['generate']>[0]): Promise<readonly Generated[]> {
  const [{ dashboardFiles }, { ruleFiles }] = await Promise.all([
    import('./generate/dashboards.ts'),
    import('./generate/rules.ts'),
  ]);
  return [...(what === 'rules' ? [] : dashboardFiles()), ...(what === 'dashboards' ? [] : ruleFiles())];
}
