import { readConfiguration, type Shelf } from '../../src/config/read.ts';
import { readPack } from '../../src/config/read-pack.ts';
import { PlimsollFault } from '../../src/faults.ts';

/** What is wrong with how a text was read; undefined where it gave a frozen value, or a fault that names the place. */
export function brokenRead(text: string, read: (text: string) => unknown): string | undefined {
  try {
    return Object.isFrozen(read(text)) ? undefined : 'the value is not frozen';
  } catch (error) {
    if (!(error instanceof PlimsollFault)) return `not a fault: ${String(error).slice(0, 200)}`;
    const line = Number(/^fuzz\.yaml:(\d+): ./.exec(error.message)?.[1]);
    const isPlace = (line >= 1 && line <= text.split('\n').length) || /^fuzz\.yaml: ./.test(error.message);
    return error.code === 'CONFIG_INVALID' && isPlace ? undefined : `it names no place: ${error.message.slice(0, 200)}`;
  }
}

/** Reads a text as a configuration. */
export const asConfiguration =
  (shelf: Shelf): ((text: string) => unknown) =>
  (text) =>
    readConfiguration(text, 'fuzz.yaml', shelf);

/** Reads a text as a pack. */
export const asPack = (text: string): unknown => readPack(text, 'fuzz.yaml');
