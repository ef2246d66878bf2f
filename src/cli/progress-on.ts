import type { Beat } from '../model/pulse.ts';
import { beatLine } from './beat-line.ts';
import type { Channel, Progress } from './handed.ts';

const plainEvery = 5;
const barWidth = 20;

/**
 * Progress on a channel: on a terminal one line that is written over, with a bar of the steps; otherwise a plain line for every new step
 * and phase, and every five seconds.
 */
export function progressOn(
  channel: Channel,
  quiet: boolean,
): { tell: (progress: Progress) => void; close: () => void } {
  if (quiet) return { tell: () => {}, close: () => {} };
  return channel.isTerminal ? overwriting(channel) : inPlainLines(channel);
}

const said = (progress: Exclude<Progress, { kind: 'beat' }>) =>
  progress.kind === 'stage' ? progress.text : `note: ${progress.note.text}`;

function overwriting(channel: Channel): ReturnType<typeof progressOn> {
  let open = false;
  const close = () => {
    if (open) channel.write('\n');
    open = false;
  };
  const tell = (progress: Progress) => {
    if (progress.kind === 'beat') {
      channel.write(`\r\u001b[K${`${bar(progress.beat)} ${beatLine(progress.beat)}`.slice(0, channel.columns - 1)}`);
      open = true;
      return;
    }
    close();
    channel.write(`${said(progress)}\n`);
  };
  return { tell, close };
}

function bar({ step }: Beat): string {
  const full = Math.round((barWidth * (step.index + (step.phase === 'settle' ? 0 : 0.5))) / Math.max(1, step.of));
  const done = step.phase === 'watch' ? barWidth : Math.min(full, barWidth);
  return `${'█'.repeat(done)}${'░'.repeat(barWidth - done)}`;
}

function inPlainLines(channel: Channel): ReturnType<typeof progressOn> {
  let last: Beat | undefined;
  const tell = (progress: Progress) => {
    if (progress.kind !== 'beat') return channel.write(`${said(progress)}\n`);
    if (!isWorthALine(last, progress.beat)) return;
    last = progress.beat;
    channel.write(`${beatLine(progress.beat)}\n`);
  };
  return { tell, close: () => {} };
}

function isWorthALine(last: Beat | undefined, beat: Beat): boolean {
  if (last === undefined || last.step.index !== beat.step.index || last.step.phase !== beat.step.phase) return true;
  return beat.at - last.at >= plainEvery;
}
