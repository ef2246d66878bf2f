import { exitCodeOf } from '../../src/cli/exit-code-of.ts';
import { exitCodes } from '../../src/cli/exit-codes.ts';
import { faults } from '../../src/faults.ts';
import { verdictKinds } from '../../src/model/report.ts';
import { reportWith } from '../support/report-with.ts';

/** What each verdict and each fault exits with. */
export async function exitCodeTable(): Promise<string> {
  const meanings = Object.entries(exitCodes).map(([meaning, code]) => `${code} ${meaning}`);
  const verdicts = verdictKinds.map((kind) => `${exitCodeOf(reportWith({ kind }))} ${kind}`);
  const byFault = Object.entries(faults).map(([code, { exit, status }]) => `${exit} ${code} (HTTP ${status})`);
  return [...meanings, '', 'verdicts', ...verdicts, '', 'faults', ...byFault, ''].join('\n');
}
