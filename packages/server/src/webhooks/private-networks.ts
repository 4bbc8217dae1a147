import { BlockList, isIP } from 'node:net';

/**
 * Addresses that lead into this machine or the network around it, or nowhere (RFC 6890). Whoever may add a
 * webhook must not reach through Tandem what stands behind its firewall.
 */
const SUBNETS = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  // Link-local, where clouds keep their metadata service.
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  // Multicast, reserved, broadcast.
  ['224.0.0.0', 3],
  ['::', 128],
  ['::1', 128],
  // IPv4 in other clothes: mapped, translated, tunnelled.
  ['::ffff:0:0', 96],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['2001::', 32],
  ['2002::', 16],
  ['100::', 64],
  ['2001:db8::', 32],
  ['fc00::', 7],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
] as const;

/** One list for each: Node takes `::ffff:0:0/96` for a rule about IPv4 as well. */
const blocked = { ipv4: new BlockList(), ipv6: new BlockList() };
for (const [network, prefix] of SUBNETS) {
  const family = isIP(network) === 4 ? 'ipv4' : 'ipv6';
  blocked[family].addSubnet(network, prefix, family);
}

export function isPrivateAddress(address: string): boolean {
  const bare = address.replace(/^\[|\]$/g, '').replace(/%.*$/, '');
  const version = isIP(bare);
  // What is no address cannot be known to be a public one.
  if (version === 0) return true;
  const family = version === 4 ? 'ipv4' : 'ipv6';
  return blocked[family].check(bare, family);
}

/** Names that never leave a house, told at save; every other name is looked up at each sending. */
const LOCAL_NAME = /(^|\.)(localhost|local|internal|home\.arpa|lan)\.?$/i;

export function isPrivateHost(hostname: string): boolean {
  const bare = hostname.replace(/^\[|\]$/g, '');
  return isIP(bare) === 0 ? LOCAL_NAME.test(bare) : isPrivateAddress(bare);
}
