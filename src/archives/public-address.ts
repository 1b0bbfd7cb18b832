import { BlockList, isIP, isIPv4 } from 'node:net';

/** Networks that are not the public internet (IANA special-purpose registries, RFC 6890 and its updates). */
const SPECIAL_V4 = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.31.196.0', 24],
  ['192.52.193.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['192.175.48.0', 24],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const;
/** Of IPv6 only the part that is handed out is public, less the tunnels and examples in it. */
const PUBLIC_V6 = ['2000::', 3] as const;
const SPECIAL_V6 = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const;

const special = new BlockList();
for (const [network, bits] of SPECIAL_V4) special.addSubnet(network, bits, 'ipv4');
for (const [network, bits] of SPECIAL_V6) special.addSubnet(network, bits, 'ipv6');
const publicV6 = new BlockList();
publicV6.addSubnet(PUBLIC_V6[0], PUBLIC_V6[1], 'ipv6');

/** True for addresses of the public internet alone: not private, loopback, link-local, multicast, reserved or tunnelled. */
export function isPublicAddress(address: string): boolean {
  if (isIP(address) === 0) return false;
  if (isIPv4(address)) return !special.check(address, 'ipv4');
  // IPv4 within IPv6 (::ffff:10.0.0.1 and the like) lies outside of 2000::/3 and so is refused.
  return publicV6.check(address, 'ipv6') && !special.check(address, 'ipv6');
}
