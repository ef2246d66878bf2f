import type { Commands, Handed } from '../../src/cli/handed.ts';
import { epoch } from '../../src/model/units.ts';

/** What a command line wrote, and the exit code it told. */
export type Told = {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number | undefined;
  readonly written: Readonly<Record<string, string>>;
};

const nothing: Commands = {
  check: () => Promise.reject(new Error('not handed: check')),
  doctor: () => Promise.reject(new Error('not handed: doctor')),
  init: () => Promise.reject(new Error('not handed: init')),
  rehearse: () => Promise.reject(new Error('not handed: rehearse')),
  run: () => Promise.reject(new Error('not handed: run')),
  observe: () => Promise.reject(new Error('not handed: observe')),
  compare: () => Promise.reject(new Error('not handed: compare')),
  stop: () => Promise.reject(new Error('not handed: stop')),
  serve: () => Promise.reject(new Error('not handed: serve')),
  generate: () => Promise.reject(new Error('not handed: generate')),
  generateK6: () => Promise.reject(new Error('not handed: generateK6')),
  printReport: (report, format) => Promise.resolve(`${format}: ${report.verdict.sentence}`),
  printComparison: (comparison, format) => Promise.resolve(`${format}: ${comparison.sentence}`),
};

/** Everything that a command line needs, with the given commands behind it, and what it told so far. */
export function handedWith(
  commands: Partial<Commands> = {},
  options: { readonly isTerminal?: boolean; readonly now?: number } = {},
): { readonly handed: Handed; readonly told: () => Told } {
  let stdout = '';
  let stderr = '';
  let code: number | undefined;
  const written: Record<string, string> = {};
  const isTerminal = options.isTerminal ?? false;
  const channel = (write: (text: string) => void) => ({ write, isTerminal, columns: 120, colour: isTerminal });
  const handed: Handed = {
    version: '0.0.0',
    config: 'plimsoll.yaml',
    stdout: channel((text) => {
      stdout += text;
    }),
    stderr: channel((text) => {
      stderr += text;
    }),
    now: () => epoch(options.now ?? 1_800_000_000),
    stop: new AbortController().signal,
    keep: (folder, file) => Promise.resolve(`${folder}/${file.path}`),
    create: (path, text) => {
      written[path] = text;
      return Promise.resolve();
    },
    exit: (given) => {
      code = given;
    },
    commands: () => Promise.resolve({ ...nothing, ...commands }),
  };
  return { handed, told: () => ({ stdout, stderr, code, written }) };
}
