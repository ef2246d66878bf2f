/**
 * The names of what one run at a time may load: the resolved address with its port, and every shared component behind it.
 *
 * @example locksOf('10.0.0.7', 8080, ['db']) // => ['address 10.0.0.7:8080', 'component db']
 */
export function locksOf(address: string, port: number, shared: readonly string[]): readonly string[] {
  const host = address.includes(':') ? `[${address.toLowerCase()}]` : address;
  return [`address ${host}:${port}`, ...[...new Set(shared)].sort().map((component) => `component ${component}`)];
}
