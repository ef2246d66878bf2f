import { buildProgram } from '../../src/cli/build-program.ts';
import { handedWith } from '../support/handed.ts';

/** Every `--help` of the program, one after the other. */
export async function helps(): Promise<string> {
  const commands = buildProgram(handedWith().handed).commands.map((command) => command.name());
  const texts = await Promise.all([[], ...commands.map((name) => [name])].map(helpOf));
  return texts.join('\n');
}

async function helpOf(words: readonly string[]): Promise<string> {
  const { handed, told } = handedWith();
  await buildProgram(handed)
    .parseAsync([...words, '--help'], { from: 'user' })
    .catch(() => undefined);
  return `$ ${['plimsoll', ...words, '--help'].join(' ')}\n${told().stdout}`;
}
