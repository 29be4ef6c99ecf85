/** Slows down whoever guesses secrets, and keeps nobody else out. */
export type RefusedLogins = {
  /** For how many seconds more a key is not looked at when it comes from an address; 0 if it is. */
  wait(address: string, key: string): number;
  /** Notes that a key was refused to an address. */
  note(address: string, key: string): void;
  /** Notes that a key was good at an address: what other keys do there keeps it out no more. */
  welcome(address: string, key: string): void;
};

const MINUTE = 60_000;
/** An address may try so many keys wrongly for each try that one key has. */
const KEYS_OF_AN_ADDRESS = 10;
/** How many are remembered; beyond that the oldest are forgotten. */
const REMEMBERED = 20_000;

type Tries = { count: number; readonly since: number };

/**
 * A key is refused `most` times a minute to one address, and an address ten times that whatever its keys. Whole schools,
 * and all who come through a proxy that is not trusted, share an address: a key that has been good there is only locked
 * by what is said wrongly of itself.
 */
export const refusedLogins = (most: number, now: () => number = () => performance.now()): RefusedLogins => {
  const tries = new Map<string, Tries>();
  const welcomed = new Set<string>();

  const current = (name: string): Tries | undefined => {
    const found = tries.get(name);
    if (found === undefined || now() - found.since < MINUTE) return found;
    tries.delete(name);
    return undefined;
  };

  const note = (name: string): void => {
    const found = current(name);
    if (found !== undefined) {
      found.count += 1;
      return;
    }
    tries.set(name, { count: 1, since: now() });
    if (tries.size > REMEMBERED) tries.delete(tries.keys().next().value as string);
  };

  const waitOf = (name: string, allowed: number): number => {
    const found = current(name);
    if (found === undefined || found.count < allowed) return 0;
    return Math.max(1, Math.ceil((found.since + MINUTE - now()) / 1000));
  };

  return {
    wait: (address, key) => {
      if (tries.size === 0) return 0;
      const from = networkOf(address);
      const name = nameOf(from, key);
      const all = welcomed.has(name) ? 0 : waitOf(from, most * KEYS_OF_AN_ADDRESS);
      return Math.max(all, waitOf(name, most));
    },
    note: (address, key) => {
      const from = networkOf(address);
      note(from);
      note(nameOf(from, key));
    },
    welcome: (address, key) => {
      const name = nameOf(networkOf(address), key);
      if (welcomed.has(name)) return;
      welcomed.add(name);
      if (welcomed.size > REMEMBERED) welcomed.delete(welcomed.keys().next().value as string);
    },
  };
};

const nameOf = (from: string, key: string): string => `${from} ${key.slice(0, 100)}`;

/** Of IPv6 the first 64 bits: whoever has one address there has them all. */
const networkOf = (address: string): string => {
  if (!address.includes(':')) return address;
  if (address.startsWith('::ffff:') && address.includes('.')) return address.slice('::ffff:'.length);
  const [head = '', tail] = address.split('::', 2);
  const first = head === '' ? [] : head.split(':');
  const last = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - first.length - last.length);
  return [...first, ...Array<string>(zeros).fill('0'), ...last].slice(0, 4).join(':');
};
