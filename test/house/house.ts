/** What one room may do. */
export type Row = {
  /** The rooms and top-level files of src that it may import; itself always. */
  readonly sees: readonly string[];
  /** Its inner rooms from the ground up: each sees itself and those before it; what lies beside them sees all. */
  readonly floors?: readonly string[];
  /** Folders outside src that it may import from too. */
  readonly beside?: readonly string[];
  /** The packages that it may import; `@scope/*` stands for all of a scope. */
  readonly packages?: readonly string[];
  /** Its files that touch the world: may use node:*, clocks, dice, timers, the network, `process`. */
  readonly world?: readonly string[];
  /** Its files that turn text into values, and may say `as`. */
  readonly parsers?: readonly string[];
};

/** The whole house: a row per room, and the words that only data may say. */
export type House = {
  readonly rooms: Readonly<Record<string, Row>>;
  /** Rooms in which no technology is named. */
  readonly neutral: readonly string[];
  readonly metricNames: readonly string[];
  readonly packNames: readonly string[];
};

export type SourceFile = { readonly path: string; readonly text: string };

export type Violation = { readonly path: string; readonly line: number; readonly kind: Kind; readonly text: string };

/** Everything that the house forbids. */
export const kinds = {
  'no-row': 'a folder or file of src that has no row in the table',
  'no-folder': 'a row of the table without a folder',
  floor: 'imports a room that it does not see',
  package: 'imports a package that is not for this room',
  'computed-import': 'imports something that cannot be read off',
  suffix: 'a local import without its suffix .ts',
  world: 'touches the world in a pure file',
  places: 'builds a path out of src anywhere but in places.ts',
  word: 'a name that says nothing',
  filename: 'a file name that is not kebab-case',
  syntax: 'syntax that does not belong here: enum, namespace, decorator, parameter property',
  'default-export': 'a default export',
  barrel: 'a file that only passes others on',
  any: 'the type any',
  'non-null': 'a ! that asserts what the types do not know',
  as: 'a cast outside units.ts and parsers',
  technology: 'a metric name or pack name as a string',
  length: 'a file of more than 300 lines',
} as const;

export type Kind = keyof typeof kinds;
