import { join } from 'node:path';
import { openServer } from '../load/loopback.ts';
import { ownChild } from '../support/own-child.ts';

export const name = 'a generator that runs out of file descriptors says so, and blames nobody else';

/** A process of its own that may open 256 files, nearly all of which are taken: 50 connections are needed, and 20 can be had. */
export async function run(): Promise<{ readonly passed: boolean; readonly detail: string }> {
  await using server = await openServer();
  const script = join(import.meta.dirname, 'few-descriptors.ts');
  const limited = `ulimit -n 256; exec "${process.execPath}" "${script}" ${server.port} 20`;
  const { code, output } = await ownChild('sh', ['-c', limited], { atMost: 60 });
  const told = output.split('\n').find((line) => line.startsWith('{'));
  if (told === undefined) return { passed: false, detail: `it ended with ${code}: ${output.slice(-400)}` };
  const { good, errors, errorsByClass, verdict } = JSON.parse(told);
  const passed = verdict === 'limited' && errors === 0 && errorsByClass.local_resource > 0 && good > 0;
  return {
    passed,
    detail: `${verdict}; ${good} answered, ${JSON.stringify(errorsByClass)}, errors of the target ${errors}`,
  };
}
