import { BlockList, isIP, isIPv4 } from 'node:net';

/**
 * What is not of the public internet, or is not one machine there (IANA's special-purpose registries), and two addresses
 * at which clouds tell their guests secrets though they look public.
 */
const V4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '168.63.129.16/32',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/3',
];
/** Within 2000::/3, outside of which nothing is public. */
const V6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'];

/** IPv6 prefixes of 96 bits behind which an IPv4 address stands: mapped, and as NAT64 writes it. */
const CARRIES_V4 = ['0:0:0:0:0:ffff', '64:ff9b:0:0:0:0'];

const blocked = new BlockList();
for (const range of V4) blocked.addSubnet(...partsOf(range), 'ipv4');
for (const range of V6) blocked.addSubnet(...partsOf(range), 'ipv6');

function partsOf(range: string): [network: string, prefix: number] {
  const [network = '', prefix] = range.split('/');
  return [network, Number(prefix)];
}

/** Whether an IP address leads elsewhere than to one machine of the public internet. What is no address does so too. */
export const isPrivateAddress = (address: string): boolean => {
  if (isIPv4(address)) return blocked.check(address, 'ipv4');
  if (isIP(address) !== 6) return true;
  const groups = groupsOf(address);
  if (CARRIES_V4.includes(groups.slice(0, 6).map(inHex).join(':'))) return isPrivateAddress(lastAsV4(groups));
  return ((groups[0] as number) & 0xe000) !== 0x2000 || blocked.check(groups.map(inHex).join(':'), 'ipv6');
};

/** The eight groups of an IPv6 address, however it is written. */
const groupsOf = (address: string): readonly number[] => {
  const [plain = ''] = address.split('%');
  // The URL parser writes an IPv4 tail as two groups, too.
  const [left = '', right] = new URL(`http://[${plain}]`).hostname.slice(1, -1).split('::');
  const groups = (text: string) =>
    text === '' ? [] : text.split(':').map((hex) => Number.parseInt(hex, 16));
  const [before, after] = [groups(left), groups(right ?? '')];
  return [...before, ...new Array<number>(8 - before.length - after.length).fill(0), ...after];
};

const inHex = (group: number): string => group.toString(16);

const lastAsV4 = (groups: readonly number[]): string =>
  groups
    .slice(6)
    .flatMap((group) => [group >> 8, group & 255])
    .join('.');
