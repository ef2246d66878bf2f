/** A map of keys and values, of whatever kind they are. */
export type Fields = Readonly<Record<string, unknown>>;

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The value as a map; what is none has no keys. */
export const fieldsOf = (value: unknown): Fields => (isFields(value) ? value : {});

/** The value as a list; what is none has no items. */
export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** The value where it is a text. */
export const wordsOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** The value of a key of its own, never one that every object has. */
export const at = (fields: Fields, key: string): unknown => (Object.hasOwn(fields, key) ? fields[key] : undefined);
