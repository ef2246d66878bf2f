import { complete } from './disk.ts';
import { beginAttempt, end, fail, leaveWork } from './fail.ts';
import { arriveOver } from './link.ts';
import { settleMeter } from './meter.ts';
import type { Motion } from './motion.ts';
import { join } from './queue.ts';
import type { Strand } from './strand.ts';

/** A strand's own time has passed: of a pause, of its patience, of a device. */
export function ring(motion: Motion, strand: Strand): void {
  switch (strand.state) {
    case 'pausing':
    case 'ready':
      goOn(motion, strand);
      break;
    case 'backing-off':
      beginAttempt(motion, strand);
      break;
    case 'waiting':
      loseWait(motion, strand);
      break;
    case 'working':
      served(motion, strand);
      break;
  }
}

/** CPU work of a strand is done. */
export function worked(motion: Motion, strand: Strand): void {
  leaveWork(motion, strand);
  goOn(motion, strand);
}

function goOn(motion: Motion, strand: Strand): void {
  strand.state = 'ready';
  if (strand.request === undefined) end(motion, strand, false);
  else join(motion.ready, strand);
}

function loseWait(motion: Motion, strand: Strand): void {
  const pool = strand.top?.pool;
  if (pool !== undefined) {
    settleMeter(pool.meter, motion.agenda);
    pool.meter.refusals += 1;
  }
  fail(motion, strand);
}

/** A device has served a strand, or one operation of it. */
function served(motion: Motion, strand: Strand): void {
  const { op, at } = strand;
  const thing = op?.do === 'disk' || op?.do === 'send' ? at?.things[op.of.resource] : undefined;
  if (thing?.kind === 'disk' && !complete(motion, thing, strand)) return;
  if (thing?.kind === 'link') arriveOver(motion, thing);
  worked(motion, strand);
}
