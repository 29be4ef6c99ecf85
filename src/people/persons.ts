import { hash } from 'node:crypto';
import type { Position } from '../statements/statement-query.ts';
import { agentTerm } from '../statements/terms.ts';
import type { MergeRecord, SignedRecord, SplitRecord } from './record.ts';
import { twinOf, twins } from './twins.ts';

/** That an identifier's person has another canonical term than before. */
export type Moved = { readonly term: string; readonly from: string; readonly to: string };

/** Who said when that identifiers are one person's or several persons', and why. */
export type MergeEntry = {
  readonly position: Position;
  /** Microseconds since 1970. */
  readonly at: number;
  readonly by: string;
  readonly record: 'merge' | 'split';
  /** The terms of the identifiers. */
  readonly terms: readonly string[];
  readonly together?: boolean;
  readonly why: string;
  readonly evidence?: string;
};

/**
 * The persons behind identifiers, which are given as terms (`agentTerm`). Which they are depends on what has been
 * merged and split, in the order of the log, and on nothing else: when an identifier is first seen makes no difference.
 *
 * A merge makes one person of those that its identifiers are of. A split takes identifiers out of theirs, each on its
 * own or together. An address and its hash (`mbox`, `mbox_sha1sum`) are one person's from the outset: the one that no
 * record names goes where the other goes, but a person of no more than the two is split into the two.
 */
export type PersonDirectory = {
  /** Told of an identifier, once or more often; answers whom that has given another canonical term. */
  see(term: string): readonly Moved[];
  /** Takes in a record of the log, in their order; what is no merge and no split changes nothing. */
  apply(record: SignedRecord, position: Position, at: number): readonly Moved[];
  /** The canonical term of an identifier's person: the smallest of those that are known, by UTF-16 code units. */
  personOf(term: string): string;
  /** All known terms of a person, ascending; the same list as long as they are the same, if it has more than one. */
  membersOf(term: string): readonly string[];
  /** The canonical term of the person that has a public id; that of any of its identifiers will do. */
  personOfId(id: string): string | undefined;
  /** Counts up whenever an identifier may be another person's than before. */
  changes(): number;
  /** All that has been merged and split, oldest first. */
  history(): readonly MergeEntry[];
};

/**
 * What a person is called in public: a pseudonym. It is a hash without salt, so that whoever has a list of addresses or
 * accounts finds out which of them is whose; it has to be kept from who may not know persons.
 */
export const personId = (term: string): string =>
  hash('sha256', term, 'buffer').subarray(0, 12).toString('base64url');

/**
 * A person whom records have touched. Its nodes are terms, but for addresses, which stand under their hash whether they
 * have been seen or not; its members are the terms of those that are known.
 */
type Person = { readonly nodes: Set<string>; members: readonly string[] };

const NOBODY: readonly Moved[] = [];

// biome-ignore lint/complexity/noExcessiveLinesPerFunction: a closure over one state; each operation is short
export const personDirectory = (): PersonDirectory => {
  const known = twins();
  /** Persons whom records have touched, by their nodes; every other term stands for itself and its twin. */
  const byNode = new Map<string, Person>();
  const named = new Set<string>();
  const ledger: MergeEntry[] = [];
  const ids = idsOfPersons();
  let changes = 0;

  const personAt = (node: string): Person => {
    const there = byNode.get(node);
    if (there !== undefined) return there;
    const twin = twinOf(node);
    return place(twin === undefined ? [node] : [node, twin]);
  };

  /** Makes a person of some nodes, whichever they were of before. */
  const place = (nodes: Iterable<string>): Person => {
    const person: Person = { nodes: new Set(nodes), members: [] };
    for (const node of person.nodes) byNode.set(node, person);
    refresh(person);
    return person;
  };

  const refresh = (person: Person): void => {
    person.members = [...person.nodes].flatMap((node) => known.termOf(node) ?? []).sort(ascending);
  };

  const membersOf = (term: string): readonly string[] => {
    const touched = byNode.get(known.nodeOf(term));
    if (touched === undefined) return known.pairOf(term);
    return touched.members.length === 0 ? [term] : touched.members;
  };

  const personOf = (term: string): string => {
    const touched = byNode.size === 0 ? undefined : byNode.get(known.nodeOf(term));
    return touched === undefined ? known.smallerOf(term) : (touched.members[0] ?? term);
  };

  const see = (term: string): readonly Moved[] => {
    ids.see(term);
    const node = known.see(term);
    if (node === undefined) return NOBODY;
    const person = byNode.get(node);
    const pair = known.pairOf(term);
    if (person !== undefined || pair.length > 1) changes += 1;
    if (person === undefined) return movedTo(pair, term, term);
    const before = person.members[0];
    refresh(person);
    return movedTo(person.members, term, before ?? term);
  };

  const merge = (nodes: readonly string[]): void => {
    const persons = [...new Set(nodes.map(personAt))].sort((a, b) => b.nodes.size - a.nodes.size);
    const [into, ...others] = persons as [Person, ...Person[]];
    for (const { nodes: moved } of others)
      for (const node of moved) {
        into.nodes.add(node);
        byNode.set(node, into);
      }
    refresh(into);
  };

  const split = (nodes: readonly string[], together: boolean): void => {
    const others = new Set(nodes);
    const taken = nodes.map((node) => [node, ...followerOf(node, others)]);
    const left = new Set<Person>();
    for (const group of together ? [taken.flat()] : taken) {
      for (const node of group) {
        const person = personAt(node);
        person.nodes.delete(node);
        left.add(person);
      }
      place(group);
    }
    for (const person of left) refresh(person);
  };

  /** The twin that goes along with a node which is taken out of its person. */
  const followerOf = (node: string, others: ReadonlySet<string>): readonly string[] => {
    const twin = twinOf(node);
    const { nodes } = personAt(node);
    if (twin === undefined || named.has(twin) || others.has(twin) || !nodes.has(twin)) return [];
    return nodes.size === 2 ? [] : [twin];
  };

  const apply = (
    { identifiers, record, by, why, evidence, ...rest }: (MergeRecord | SplitRecord) & { by: string },
    position: Position,
    at: number,
  ): readonly Moved[] => {
    changes += 1;
    const terms = [...new Set(identifiers.flatMap((identifier) => agentTerm(identifier) ?? []))];
    const seen = terms.flatMap(see);
    const nodes = terms.map(known.nodeOf);
    const persons = [...new Set(nodes.map(personAt))];
    const before = new Map(persons.flatMap(({ members }) => members).map((term) => [term, personOf(term)]));
    const together = 'together' in rest && rest.together === true;
    if (record === 'merge') merge(nodes);
    else split(nodes, together);
    for (const node of nodes) named.add(node);
    const said = { why, ...(evidence === undefined ? {} : { evidence }) };
    ledger.push({ position, at, by, record, terms, ...(together ? { together } : {}), ...said });
    const moved = [...before].map(([term, from]) => ({ term, from, to: personOf(term) }));
    return [...seen, ...moved.filter(({ from, to }) => from !== to)];
  };

  return {
    see,
    apply: (record, position, at) =>
      record.record === 'merge' || record.record === 'split' ? apply(record, position, at) : NOBODY,
    personOf,
    membersOf,
    personOfId: (id) => {
      const term = ids.termOf(id);
      return term === undefined ? undefined : personOf(term);
    },
    changes: () => changes,
    history: () => ledger,
  };
};

const ascending = (a: string, b: string): number => (a < b ? -1 : 1);

/** Whom a term that has just been seen has given another canonical term: all others, when it is the smallest. */
const movedTo = (members: readonly string[], term: string, before: string): readonly Moved[] => {
  const [to] = members;
  if (to !== term || members.length === 1) return NOBODY;
  const from = before === term ? (members[1] as string) : before;
  return members.slice(1).map((one) => ({ term: one, from, to }));
};

/** Finds terms by public ids, which are made when one is first asked for. */
const idsOfPersons = () => {
  const terms = new Map<string, string>();
  let seen: string[] = [];
  return {
    see: (term: string): void => void seen.push(term),
    termOf: (id: string): string | undefined => {
      for (const term of seen) terms.set(personId(term), term);
      seen = [];
      return terms.get(id);
    },
  };
};
