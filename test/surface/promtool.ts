import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { failed, type Outcome, passed } from '../support/outcome.ts';

const folder = new URL('../../deploy/alerts/', import.meta.url);
const rules = 'plimsoll.rules.yaml';
const tests = 'plimsoll.rules.test.yaml';

/** What promtool is asked, and what it must say about it. */
const checks = [
  {
    name: 'promtool finds nothing wrong with the rules',
    args: ['check', 'rules', '--lint=all', '--lint-fatal', rules],
  },
  { name: 'every alert fires on its data and stays quiet on its counterexamples', args: ['test', 'rules', tests] },
] as const;

/** Asks the real promtool (Debian package prometheus) about the generated rules. */
export async function promtoolOutcomes(): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const { name, args } of checks) outcomes.push(await asked(name, args));
  return outcomes;
}

async function asked(name: string, args: readonly string[]): Promise<Outcome> {
  const answer = promisify(execFile)('promtool', [...args], { cwd: folder, timeout: 120_000 });
  return answer.then(
    ({ stdout }) => (/SUCCESS/u.test(stdout) ? passed(name) : failed(name, stdout)),
    (reason: Error & { stdout?: string; stderr?: string }) =>
      failed(name, [reason.message, reason.stdout, reason.stderr].filter(Boolean).join('\n')),
  );
}
