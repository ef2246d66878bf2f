import { parseArgs } from 'node:util';
import { buildWorld } from './families/build-world.ts';
import { worldInWords } from './families/world-in-words.ts';

/** node test/worlds/show.ts --family 7 --seed 3 [--reach 0.5] [--interval 15] [--noise 0.01] [--json]: prints a simulated system. */
const { values } = parseArgs({
  options: {
    family: { type: 'string', default: '7' },
    seed: { type: 'string', default: '1' },
    reach: { type: 'string' },
    interval: { type: 'string' },
    noise: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});
const world = buildWorld(Number(values.family), Number(values.seed), {
  ...(values.reach === undefined ? {} : { reach: Number(values.reach) }),
  ...(values.interval === undefined ? {} : { interval: Number(values.interval) }),
  ...(values.noise === undefined ? {} : { noise: Number(values.noise) }),
});
process.stdout.write(`${values.json ? JSON.stringify(world, null, 2) : worldInWords(world)}\n`);
