import type { ConfigurationText } from '../model/configuration.ts';
import { suggestion } from './nearest.ts';
import type { Written } from './written.ts';
import type { Path } from './yaml-document.ts';

type Config = Pick<Written<ConfigurationText>, 'wrong'>;

/** Two of one name would make one of them unreachable. */
export function checkUnique(config: Config, path: Path, named: readonly { readonly name: string }[]): void {
  const again = named.findIndex(({ name }, index) => named.findIndex((other) => other.name === name) < index);
  if (again >= 0)
    throw config.wrong([...path, again], `${path.join('.')}: there are two of the name "${named[again]?.name}"`);
}

/** An address is http or https and carries no password: messages and reports name addresses. */
export function checkAddress(config: Config, path: Path, text: string): void {
  const address = URL.canParse(text) ? new URL(text) : undefined;
  if (address?.username || address?.password) {
    throw config.wrong(
      path,
      'the address holds a user or a password; put them into files (basic_auth, bearer_token_file)',
    );
  }
  if (!address || !['http:', 'https:'].includes(address.protocol)) {
    throw config.wrong(path, `"${text.slice(0, 80)}" is not an http or https address, as in http://prometheus:9090`);
  }
}

/** The one of this name, or the fault that says which there are. */
export function named<T>(config: Config, path: Path, what: string, name: string, all: ReadonlyMap<string, T>): T {
  const found = all.get(name);
  if (found === undefined)
    throw config.wrong(path, `there is no ${what} "${name}"; ${suggestion(name, [...all.keys()])}`);
  return found;
}

/** What leads back to itself, as the names in order, or undefined. */
export function circleIn(next: ReadonlyMap<string, readonly string[]>): readonly string[] | undefined {
  const done = new Set<string>();
  const visit = (name: string, way: readonly string[]): readonly string[] | undefined => {
    if (way.includes(name)) return [...way.slice(way.indexOf(name)), name];
    if (done.has(name)) return undefined;
    for (const after of next.get(name) ?? []) {
      const circle = visit(after, [...way, name]);
      if (circle) return circle;
    }
    done.add(name);
    return undefined;
  };
  for (const name of next.keys()) {
    const circle = visit(name, []);
    if (circle) return circle;
  }
  return undefined;
}
