import type { Instrument } from '../model/pack.ts';

/** One way in which an OpenTelemetry instrument is spelled in Prometheus, and how its label names are spelled then. */
export type NameSpelling = { readonly name: string; readonly label: (name: string) => string };

const units: Readonly<Record<string, string>> = {
  s: 'seconds',
  ms: 'milliseconds',
  us: 'microseconds',
  ns: 'nanoseconds',
  min: 'minutes',
  h: 'hours',
  d: 'days',
  By: 'bytes',
  KiBy: 'kibibytes',
  MiBy: 'mebibytes',
  Hz: 'hertz',
  Cel: 'celsius',
  '%': 'percent',
};

const escaped = (name: string): string => name.replace(/[^a-zA-Z0-9_:]/g, '_').replace(/_{2,}/g, '_');
const kept = (name: string): string => name;

/**
 * Every name under which an instrument may stand in Prometheus, the likeliest first: with unit and type suffixes (Collector, remote write, OTLP receiver),
 * as the JavaScript exporter writes it (no unit), without suffixes, and both with the dots kept (UTF-8 names of Prometheus 3).
 * Units in braces are words, not units; unit 1 makes a gauge a ratio.
 *
 * @param part for a histogram: which of its series
 * @example otelSpellings({ name: 'http.server.duration', type: 'histogram', unit: 'ms' }, 'count')[0]?.name // => 'http_server_duration_milliseconds_count'
 */
export function otelSpellings(
  instrument: Instrument,
  part: 'sum' | 'count' | 'bucket' | undefined,
): readonly NameSpelling[] {
  const unit = unitSuffix(instrument);
  const total = instrument.type === 'counter' ? '_total' : '';
  const end = instrument.type === 'histogram' && part ? `_${part}` : '';
  const plain = escaped(instrument.name);
  const spellings: readonly NameSpelling[] = [
    { name: `${withSuffix(plain, unit)}${total}${end}`, label: escaped },
    { name: `${plain}${total}${end}`, label: escaped },
    { name: `${plain}${end}`, label: escaped },
    { name: `${withSuffix(instrument.name, unit)}${total}${end}`, label: kept },
    { name: `${instrument.name}${end}`, label: kept },
  ];
  return spellings.filter(({ name }, index) => spellings.findIndex((other) => other.name === name) === index);
}

function unitSuffix({ type, unit }: Instrument): string {
  if (unit === '1') return type === 'gauge' ? 'ratio' : '';
  if (unit.startsWith('{')) return '';
  return units[unit] ?? '';
}

/** A suffix that already is a word of the name is not written twice. */
function withSuffix(name: string, suffix: string): string {
  return suffix === '' || name.split(/[._]/).includes(suffix) ? name : `${name}_${suffix}`;
}
