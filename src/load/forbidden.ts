import { BlockList, isIP } from 'node:net';

/** Link-local addresses, where clouds keep the credentials of their machines, and addresses that are nobody's: [network, prefix, why]. */
const networks = [
  ['169.254.0.0', 16, 'it is link-local, where cloud metadata is served'],
  ['fe80::', 10, 'it is link-local'],
  ['fd00:ec2::', 32, 'cloud metadata is served there'],
  ['fd20:ce::254', 128, 'cloud metadata is served there'],
  ['100.100.100.200', 32, 'cloud metadata is served there'],
  ['168.63.129.16', 32, 'cloud metadata is served there'],
  ['64:ff9b::a9fe:0', 112, 'it is a link-local address behind NAT64, where cloud metadata is served'],
  ['2002:a9fe::', 32, 'it is a link-local address behind 6to4, where cloud metadata is served'],
  ['::a9fe:0', 112, 'it is a link-local address written as IPv6, where cloud metadata is served'],
  ['224.0.0.0', 4, 'it is a multicast address'],
  ['ff00::', 8, 'it is a multicast address'],
  ['255.255.255.255', 32, 'it is the broadcast address'],
  ['0.0.0.0', 32, 'it is no address of a server'],
  ['::', 128, 'it is no address of a server'],
] as const;

const lists = networks.map(([network, prefix, why]) => {
  const list = new BlockList();
  list.addSubnet(network, prefix, isIP(network) === 6 ? 'ipv6' : 'ipv4');
  return { list, why };
});

/** Why no load goes to an address, whoever asks; undefined where it may. An IPv4 address that is written as an IPv6 one is looked at as what it is. */
export function forbidden(address: string): string | undefined {
  const plain = address.replace(/%.*$/, '');
  const family = isIP(plain);
  if (family === 0) return 'it is not an IP address';
  return lists.find(({ list }) => list.check(plain, family === 6 ? 'ipv6' : 'ipv4'))?.why;
}
