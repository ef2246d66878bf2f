import type { Encoding } from '../model/script.ts';

/** How a value is written where it stands; one row per place. No value makes a request that cannot be sent. */
export const encodings: Readonly<Record<Encoding, (value: string) => string>> = {
  plain: (value) => value,
  part: (value) => encodeURIComponent(value.toWellFormed()),
  url: (value) => value.toWellFormed().replace(/[^\u0021-\u007e]/gu, encodeURIComponent),
  header: (value) => value.replace(/[^\t\u0020-\u007e\u0080-\u00ff]/g, ''),
  json: (value) => JSON.stringify(value).slice(1, -1),
  number: (value) => (isJsonValue.test(value) ? value : JSON.stringify(value)),
};

const isJsonValue = /^(-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?|true|false|null)$/;
