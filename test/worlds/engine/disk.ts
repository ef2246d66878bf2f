import type { Resource } from '../world.ts';
import { type Entry, makeEntry, putDown, strike } from './agenda.ts';
import { type Meter, makeMeter, settleMeter, shownBy } from './meter.ts';
import type { Motion } from './motion.ts';
import { join, leave, makeQueue } from './queue.ts';
import type { Strand, Waiting } from './strand.ts';

type Drive = Extract<Resource, { kind: 'disk' }>;

/** A device with so many operations at once, and a pace that it does not go beyond. */
export type Disk = {
  readonly kind: 'disk';
  readonly drive: Drive;
  readonly meter: Meter;
  readonly queue: Waiting;
  /** From when on the next operation may begin, by operations and by bytes. */
  nextOperation: number;
  nextByte: number;
  credits: number;
  creditedAt: number;
  bytes: number;
  operationTime: number;
  /** How long anything was under way, up to the meter's last change. */
  busyTime: number;
  readonly pump: Entry;
};

export function makeDisk(motion: Motion, drive: Drive): Disk {
  const { now } = motion.agenda;
  const disk: Disk = {
    kind: 'disk',
    drive,
    meter: makeMeter(now, 0),
    queue: makeQueue(),
    nextOperation: now,
    nextByte: now,
    credits: drive.burst?.credits ?? 0,
    creditedAt: now,
    bytes: 0,
    operationTime: 0,
    busyTime: 0,
    pump: makeEntry(() => pumpDisk(motion, disk)),
  };
  return disk;
}

const busySince = ({ meter }: Disk, now: number) => (meter.used + meter.waiting > 0 ? now - meter.since : 0);

function settleDisk(disk: Disk, { agenda }: Motion): void {
  disk.busyTime += busySince(disk, agenda.now);
  settleMeter(disk.meter, agenda);
}

/** One more operation of a strand. */
export function submit(motion: Motion, disk: Disk, strand: Strand): void {
  settleDisk(disk, motion);
  disk.meter.waiting += 1;
  strand.begun = motion.agenda.now;
  join(disk.queue, strand);
  pumpDisk(motion, disk);
}

/** Begins as many operations as the device and its pace allow now. */
function pumpDisk(motion: Motion, disk: Disk): void {
  const { agenda } = motion;
  const { drive, meter, queue } = disk;
  while (queue.first !== undefined && meter.used < drive.depth) {
    const from = Math.max(disk.nextOperation, disk.nextByte);
    if (from > agenda.now) {
      putDown(agenda, disk.pump, from);
      return;
    }
    const strand = queue.first;
    settleDisk(disk, motion);
    leave(strand);
    meter.waiting -= 1;
    meter.used += 1;
    putDown(agenda, strand.timer, Math.max(agenda.now + drive.latency, pace(disk, agenda.now, strand.bytes)));
  }
}

/** Spends one operation and so many bytes of the pace; when the bytes are through. */
function pace(disk: Disk, now: number, bytes: number): number {
  const { operations, bytes: line, burst } = disk.drive;
  let rate = operations;
  if (burst !== undefined) {
    const earned = disk.credits + (now - disk.creditedAt) * operations;
    disk.creditedAt = now;
    disk.credits = Math.max(0, Math.min(burst.credits, earned) - 1);
    if (disk.credits >= 1) rate = burst.fast;
  }
  disk.nextOperation = now + 1 / rate;
  disk.nextByte = now + bytes / line;
  return disk.nextByte;
}

/** An operation is done; whether it was the strand's last. */
export function complete(motion: Motion, disk: Disk, strand: Strand): boolean {
  settleDisk(disk, motion);
  disk.meter.used -= 1;
  disk.meter.completions += 1;
  disk.bytes += strand.bytes;
  disk.operationTime += motion.agenda.now - strand.begun;
  strand.left -= 1;
  if (strand.left > 0) submit(motion, disk, strand);
  else pumpDisk(motion, disk);
  return strand.left <= 0;
}

/** Drops what a dead instance had under way. */
export function dropOperation(motion: Motion, disk: Disk, strand: Strand): void {
  settleDisk(disk, motion);
  if (strand.queue === disk.queue) disk.meter.waiting -= 1;
  else disk.meter.used -= 1;
  leave(strand);
  strike(motion.agenda, strand.timer);
}

export const lookAtDisk = (disk: Disk, now: number) => ({
  size: disk.drive.depth,
  ...shownBy(disk.meter, now),
  more: {
    operations: disk.meter.completions,
    bytes: disk.bytes,
    operationTime: disk.operationTime,
    busyTime: disk.busyTime + busySince(disk, now),
    operationsLimit: disk.drive.operations,
    bytesLimit: disk.drive.bytes,
    ...creditsOf(disk, now),
  },
});

function creditsOf({ drive, credits, creditedAt }: Disk, now: number): { readonly credits?: number } {
  if (drive.burst === undefined) return {};
  return { credits: Math.min(drive.burst.credits, credits + (now - creditedAt) * drive.operations) };
}
