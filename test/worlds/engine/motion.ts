import type { World } from '../world.ts';
import type { Agenda } from './agenda.ts';
import type { Instance, PartInMotion } from './instance.ts';
import type { Processor } from './processor.ts';
import type { Op } from './program.ts';
import type { Queue } from './queue.ts';
import type { Request } from './request.ts';
import type { Frame, Strand } from './strand.ts';

/** A world in motion, as its workings see it. */
export type Motion = {
  readonly world: World;
  /** Key of everything that is drawn. */
  readonly key: number;
  readonly agenda: Agenda;
  /** Strands that can go on, and processors whose next event is to be reckoned anew. */
  readonly ready: Queue<Strand>;
  readonly stale: Processor[];
  readonly parts: readonly PartInMotion[];
  readonly programs: readonly (readonly Op[])[];
  /** How many times as long pauses are (a dependency that slowed down). */
  slowness: number;
  /** All that live, and those that can be used again. */
  readonly strands: Strand[];
  readonly spare: Strand[];
  readonly frames: Frame[];
  /** Called when a strand's time has passed, and when its CPU work is done. */
  readonly ring: (strand: Strand) => void;
  readonly worked: (strand: Strand) => void;
  /** Called when the work of a request inside has ended. */
  readonly over: (request: Request, isGood: boolean) => void;
  /** Called when the memory of an instance is full. */
  readonly killFull: (instance: Instance) => void;
};
