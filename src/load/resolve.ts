import { lookup } from 'node:dns/promises';
import { fault } from '../faults.ts';
import { forbidden } from './forbidden.ts';

/** Where a target's URL leads: the origin that requests name, and the one address and port that connections go to. */
export type Resolved = { readonly origin: string; readonly address: string; readonly port: number };

/**
 * Resolves a target's URL once for a run; the address is pinned from then on.
 *
 * @throws ADDRESS_REFUSED where it is not http or https, cannot be resolved, or any address of the name is one that load never goes to
 */
export async function resolve(url: string): Promise<Resolved> {
  const { protocol, hostname, origin, port, username } = parsed(url);
  if (protocol !== 'http:' && protocol !== 'https:')
    throw fault('ADDRESS_REFUSED', [url, `load is sent over http or https, not ${protocol.replace(/:$/, '')}`]);
  if (username !== '')
    throw fault('ADDRESS_REFUSED', [
      `${protocol}//${hostname}`,
      'a URL with a password in it is not used; send it as a header',
    ]);
  const addresses = await addressesOf(url, hostname.replace(/^\[|\]$/g, ''));
  for (const { address } of addresses) {
    const why = forbidden(address);
    if (why !== undefined) throw fault('ADDRESS_REFUSED', [address === hostname ? url : `${url} (${address})`, why]);
  }
  const [first] = addresses;
  if (first === undefined) throw fault('ADDRESS_REFUSED', [url, `the name "${hostname}" has no address`]);
  return { origin, address: first.address, port: port === '' ? defaultPorts[protocol] : Number(port) };
}

const defaultPorts = { 'http:': 80, 'https:': 443 } as const;

function parsed(url: string): URL {
  const read = URL.parse(url);
  if (read === null) throw fault('ADDRESS_REFUSED', [url, 'it is not a URL; write it as http://host:port']);
  return read;
}

async function addressesOf(url: string, hostname: string): Promise<readonly { readonly address: string }[]> {
  try {
    return await lookup(hostname, { all: true });
  } catch (cause) {
    throw fault('ADDRESS_REFUSED', [url, `the name "${hostname}" cannot be resolved`], cause);
  }
}
