import { putDown, strike } from './agenda.ts';
import { type Meter, makeMeter, settleMeter, shownBy } from './meter.ts';
import type { Motion } from './motion.ts';
import type { Strand } from './strand.ts';

/** A line that carries bytes one after the other: `used` is the rate while it carries, so that its integral is the bytes. */
export type Link = {
  readonly kind: 'link';
  readonly rate: number;
  readonly meter: Meter;
  inLine: number;
  until: number;
};

export const makeLink = (rate: number, now: number): Link => ({
  kind: 'link',
  rate,
  meter: makeMeter(now, 0),
  inLine: 0,
  until: now,
});

export function transmit({ agenda }: Motion, link: Link, strand: Strand): void {
  link.until = Math.max(agenda.now, link.until) + strand.bytes / link.rate;
  putDown(agenda, strand.timer, link.until);
  setInLine(link, { agenda }, link.inLine + 1);
}

export function arriveOver({ agenda }: Motion, link: Link): void {
  setInLine(link, { agenda }, link.inLine - 1);
  link.meter.completions += 1;
}

export function dropTransfer({ agenda }: Motion, link: Link, strand: Strand): void {
  setInLine(link, { agenda }, link.inLine - 1);
  strike(agenda, strand.timer);
}

function setInLine(link: Link, { agenda }: Pick<Motion, 'agenda'>, inLine: number): void {
  settleMeter(link.meter, agenda);
  link.inLine = inLine;
  link.meter.used = inLine > 0 ? link.rate : 0;
  link.meter.waiting = Math.max(0, inLine - 1);
}

export function lookAtLink(link: Link, now: number) {
  const shown = shownBy(link.meter, now);
  return { size: link.rate, ...shown, more: { bytes: shown.usedTime } };
}
