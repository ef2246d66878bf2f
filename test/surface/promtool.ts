import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const folder = new URL('../../deploy/alerts/', import.meta.url);
const rules = 'plimsoll.rules.yaml';
const tests = 'plimsoll.rules.test.yaml';

/** What promtool is asked, and what it must say about it. */
const checks = [
  { name: 'promtool finds nothing wrong with the rules', args: ['check', 'rules', '--lint=all', '--lint-fatal', rules] },
  { name: 'every alert fires on its data and stays quiet on its counterexamples', args: ['test', 'rules', tests] },
] as const;

export type Outcome = { readonly name: string; readonly passed: boolean; readonly detail: string };

/** Asks the real promtool (Debian package prometheus) about the generated rules. */
export async function run(): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const { name, args } of checks) outcomes.push(await asked(name, args));
  return outcomes;
}

async function asked(name: string, args: readonly string[]): Promise<Outcome> {
  const started = promisify(execFile)('promtool', [...args], { cwd: folder, timeout: 120_000 });
  return started.then(
    ({ stdout }) => ({ name, passed: /SUCCESS/u.test(stdout), detail: stdout.trim() }),
    (reason: Error & { stdout?: string; stderr?: string }) => ({
      name,
      passed: false,
      detail: [reason.message, reason.stdout, reason.stderr].filter(Boolean).join('\n'),
    }),
  );
}
