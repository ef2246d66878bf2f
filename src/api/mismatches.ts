/** What a schema found wrong. */
type Mismatch = {
  readonly keyword: string;
  readonly instancePath: string;
  readonly message?: string;
  readonly params: object;
};

/** One sentence for everything in which a part of a request differs from its schema: where, and what would be right. */
export function mismatches(part: string, found: readonly Mismatch[]): string {
  const told = found.filter(({ keyword }) => keyword !== 'boolean').map((one) => `${place(part, one)} ${said(one)}`);
  return [...new Set(told)].slice(0, 5).join('; ');
}

const place = (part: string, { instancePath }: Mismatch): string => part + instancePath.replaceAll('/', '.');

function said({ params, message = 'is not right' }: Mismatch): string {
  if ('additionalProperties' in params) return `does not know ${listed(params.additionalProperties, '"')}`;
  if ('requiredProperties' in params) return `needs ${listed(params.requiredProperties, '')}`;
  if ('allowedValues' in params) return `must be one of ${listed(params.allowedValues, '')}`;
  return message;
}

const listed = (names: unknown, quote: string): string =>
  (Array.isArray(names) ? names : [names]).map((name) => `${quote}${String(name).slice(0, 100)}${quote}`).join(', ');
