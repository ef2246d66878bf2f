import type { Diagnosis } from '../model/diagnosis.ts';
import { exitCodes } from './exit-codes.ts';

/** The exit code of a diagnosis: 4 where a Prometheus does not answer or no run of a target could · 0 where all could. */
export function exitCodeOfDiagnosis({ prometheus, targets }: Diagnosis): number {
  const isSound = prometheus.every(({ answers }) => answers) && targets.every(({ answerable }) => answerable);
  return isSound ? exitCodes.answered : exitCodes.noAnswer;
}
