import { readFileSync } from 'node:fs';

/**
 * How many connections this machine lets one process have towards one address: half of the ports that it lends out and half of the files that
 * a process may open, so that others keep theirs; Infinity where it does not tell.
 */
export function roomForConnections(): number {
  return Math.max(1, Math.floor(Math.min(ports(), files()) / 2));
}

/** How many ports this machine lends for connections to one address; undefined where it does not tell. */
export function lentPorts(): number | undefined {
  const lent = ports();
  return Number.isFinite(lent) ? lent : undefined;
}

function ports(): number {
  const [low, high] = textOf('/proc/sys/net/ipv4/ip_local_port_range').trim().split(/\s+/).map(Number);
  return low !== undefined && high !== undefined ? high - low : Number.POSITIVE_INFINITY;
}

function files(): number {
  const allowed = Number(textOf('/proc/self/limits').match(/^Max open files\s+(\d+)/m)?.[1]);
  return Number.isFinite(allowed) ? allowed : Number.POSITIVE_INFINITY;
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
