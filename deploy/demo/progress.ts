import { duration, percent, rate } from '../../src/model/in-words.ts';
import type { Beat } from '../../src/model/pulse.ts';

/** Progress on stderr: one line that is written over on a terminal, plain lines otherwise. */
export interface Progress {
  readonly stage: (text: string) => void;
  readonly beat: (beat: Beat) => void;
  readonly clear: () => void;
}

/** Plain output is for logs: a line for each new step, and one every few seconds. Unit: milliseconds. */
const plainEvery = 5000;
const bar = 16;

export function openProgress(stream: NodeJS.WriteStream): Progress {
  const live = stream.isTTY === true && !process.env.CI;
  let open = false;
  let last = { step: -1, at: 0 };
  const clear = (): void => {
    if (open) stream.write('\r\u001b[K');
    open = false;
  };
  const over = (text: string): void => {
    stream.write(`\r\u001b[K${text.slice(0, (stream.columns ?? 100) - 1)}`);
    open = true;
  };
  return {
    clear,
    stage: (text) => {
      clear();
      stream.write(`· ${text}\n`);
    },
    beat: (beat) => {
      if (live) return over(`${steps(beat)} ${line(beat)}`);
      const now = performance.now();
      if (beat.step.index === last.step && now - last.at < plainEvery) return;
      last = { step: beat.step.index, at: now };
      stream.write(`  ${line(beat)}\n`);
    },
  };
}

function steps({ step }: Beat): string {
  const done = Math.round((bar * (step.index + 1)) / Math.max(1, step.of));
  return `${'█'.repeat(done)}${'░'.repeat(Math.max(0, bar - done))}`;
}

function line({ step, offered, achieved, p50, p99, errors, fullest }: Beat): string {
  const parts = [
    step.phase === 'watch' ? 'watching it recover' : `step ${step.index + 1}`,
    `${rate(offered)} offered`,
    `${rate(achieved)} answered`,
    p50 === undefined ? '' : `p50 ${duration(p50)}`,
    p99 === undefined ? '' : `p99 ${duration(p99)}`,
    `${percent(errors)} errors`,
    fullest ? `fullest ${fullest.component} / ${fullest.resource} ${percent(fullest.ratio)}` : '',
  ];
  return parts.filter((part) => part !== '').join(' · ');
}
