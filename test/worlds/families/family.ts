import type { Random } from '../../../src/model/random.ts';
import type { World } from '../world.ts';
import type { Setting } from './setting.ts';

/** A kind of situation (analysis, 5.1): from draws and a setting to a world. */
export type Family = {
  readonly number: number;
  readonly name: string;
  /** Whether the load comes to a limit of the target when it reaches beyond its capacity. */
  readonly saturates: boolean;
  readonly build: (random: Random, setting: Setting) => World;
};
