import type { LabContext } from '../support/lab.ts';
import type { Short } from '../support/outcome.ts';
import { buildWorld } from '../worlds/families/build-world.ts';
import { judgeWorld } from '../worlds/seen/judge-world.ts';
import { missingPrograms, throughPrometheus } from '../worlds/seen/through-prometheus.ts';

export const name = 'simulated worlds give the same readings from memory and from a real Prometheus, to the last digit';

/** A pool behind a pooler, an autoscaler without room, restarts: families and seeds. */
const worlds = [
  [7, 1],
  [24, 1],
  [37, 1],
] as const;
const mostShown = 3;

export async function run({ stop, say }: LabContext): Promise<Short> {
  const missing = missingPrograms();
  if (missing.length > 0) return { passed: false, detail: `there is no ${missing.join(' and no ')}` };
  const different: string[] = [];
  let readings = 0;
  for (const [family, seed] of worlds) {
    if (stop.aborted) break;
    const world = buildWorld(family, seed);
    const compared = await throughPrometheus(await judgeWorld(world));
    say(`${world.name}: ${compared.readings} readings, ${compared.different.length} different`);
    readings += compared.readings;
    different.push(...compared.different.map((text) => `${world.name}: ${text.slice(0, 500)}`));
  }
  const passed = different.length === 0 && readings > 0;
  return { passed, detail: passed ? `${readings} readings` : different.slice(0, mostShown).join('\n') };
}
