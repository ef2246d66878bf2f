import { seeded } from '../../../src/model/random.ts';
import type { World } from '../world.ts';
import { families } from './families.ts';
import { drawSetting, type Setting } from './setting.ts';

/** Draws of different families and seeds have nothing in common. */
const mixed = (family: number, seed: number): number => Math.imul(family * 7919 + seed, 0x9e3779b1) >>> 0;

/**
 * The world of a family and a seed; the same text each time. What of the setting is not given is drawn, and giving it changes nothing else of the system but the rates that a scrape interval allows.
 *
 * @param given `reach`: the top of the load as a share of the rough capacity; `interval`, `noise`
 */
export function buildWorld(family: number, seed: number, given: Partial<Omit<Setting, 'seed'>> = {}): World {
  const found = families.find((one) => one.number === family);
  if (found === undefined) throw new Error(`there is no family ${family}`);
  const setting = drawSetting(seeded(mixed(family, seed)), seed, given);
  return found.build(seeded(mixed(family, seed) ^ 0x5bd1e995), setting);
}
