import { hash } from 'node:crypto';
import { textOfKey } from '../statements/key-text.ts';

/** Addresses and their hashes: of a pair, one can be told from the other only once the address has been seen. */
export type Twins = {
  /** Told of a term; answers its node if the term was not known. */
  see(term: string): string | undefined;
  /** What a term is joined by: an address by its hash, so that it has a place before it has been seen. */
  nodeOf(term: string): string;
  /** The term at a node, if it is known. */
  termOf(node: string): string | undefined;
  /** A term and its twin, if that is known, ascending. */
  pairOf(term: string): readonly string[];
  /** The smaller one of a term and its twin, if that is known. */
  smallerOf(term: string): string;
};

const MBOX = 'gmbox ';
const SHA1 = 'gsha1 ';
/** An address that stands under its hash. */
const HASHED = 'm';

/** The node that an address shares its person with from the outset, or its hash; undefined for every other. */
export const twinOf = (node: string): string | undefined => {
  if (node.startsWith(HASHED)) return SHA1 + node.slice(HASHED.length);
  return node.startsWith(SHA1) ? HASHED + node.slice(SHA1.length) : undefined;
};

const hashOfMbox = (term: string): string => hash('sha1', textOfKey(term.slice(MBOX.length)));

export const twins = (): Twins => {
  const addresses = new Map<string, string>();
  /** The nodes of addresses that have been seen: hashing one each time that it is asked about takes too long. */
  const nodes = new Map<string, string>();
  const hashes = new Set<string>();
  /** Of terms that have no twin, only those that are asked for by their node are kept. */
  const others = new Set<string>();

  const nodeOf = (term: string): string =>
    term.startsWith(MBOX) ? (nodes.get(term) ?? HASHED + hashOfMbox(term)) : term;

  const termOf = (node: string): string | undefined => {
    if (node.startsWith(HASHED)) return addresses.get(node);
    if (node.startsWith(SHA1)) return hashes.has(node) ? node : undefined;
    return others.has(node) ? node : undefined;
  };

  return {
    see: (term) => {
      const node = nodeOf(term);
      if (termOf(node) !== undefined) return undefined;
      if (node.startsWith(HASHED)) {
        addresses.set(node, term);
        nodes.set(term, node);
      } else if (term.startsWith(SHA1)) hashes.add(term);
      else others.add(term);
      return node;
    },
    nodeOf,
    termOf,
    pairOf: (term) => {
      if (hashes.size === 0) return [term];
      const twin = twinOf(nodeOf(term));
      const other = twin === undefined ? undefined : termOf(twin);
      if (other === undefined) return [term];
      return term.startsWith(MBOX) ? [term, other] : [other, term];
    },
    smallerOf: (term) =>
      term.startsWith(SHA1) ? (addresses.get(HASHED + term.slice(SHA1.length)) ?? term) : term,
  };
};
