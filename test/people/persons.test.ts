import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { type PersonDirectory, personDirectory, personId } from '../../src/people/persons.ts';
import type { SignedRecord } from '../../src/people/record.ts';
import { agentTerm } from '../../src/statements/terms.ts';
import type { Identifier } from '../../src/xapi/statement.ts';

const sha1 = (mbox: string): string => createHash('sha1').update(mbox).digest('hex');
const mbox = (name: string): Identifier => ({ mbox: `mailto:${name}@example.org` });
const hashed = (name: string): Identifier => ({ mbox_sha1sum: sha1(`mailto:${name}@example.org`) });
const account = (name: string, home = 'https://lms.example.org'): Identifier => ({
  account: { homePage: home, name },
});
const termOf = (identifier: Identifier): string => agentTerm(identifier) as string;

const merge = (...identifiers: Identifier[]): SignedRecord => ({
  record: 'merge',
  identifiers,
  why: 'w',
  by: 'b',
});
const split = (...identifiers: Identifier[]): SignedRecord => ({
  record: 'split',
  identifiers,
  why: 'w',
  by: 'b',
});
const splitTogether = (...identifiers: Identifier[]): SignedRecord =>
  ({ ...split(...identifiers), together: true }) as SignedRecord;

const ALL = [
  ...['a', 'b', 'c'].flatMap((name) => [mbox(name), hashed(name)]),
  ...['x', 'y', 'z'].map((name) => account(name)),
  { openid: 'https://id.example.org/a' },
];

const replay = (steps: readonly (Identifier | SignedRecord)[]): PersonDirectory => {
  const directory = personDirectory();
  steps.forEach((step, at) => {
    if ('record' in step) directory.apply(step, at + 1, at);
    else directory.see(termOf(step));
  });
  return directory;
};

/** Who is with whom, each group and all of them in one order. */
const groups = (directory: PersonDirectory): readonly string[] =>
  [...new Set(ALL.map((one) => directory.membersOf(termOf(one)).join('\n')))].sort();

/** A directory, and what it has told of the canonical terms of those that were seen. */
const attended = () => {
  const directory = personDirectory();
  const told = new Map<string, string>();
  const take = (moved: ReturnType<PersonDirectory['see']>): void => {
    for (const { term, from, to } of moved) {
      expect(told.get(term)).toBe(from);
      told.set(term, to);
    }
  };
  const see = (one: Identifier): void => {
    const term = termOf(one);
    take(directory.see(term));
    if (!told.has(term)) told.set(term, directory.personOf(term));
  };
  const apply = (record: SignedRecord): void => {
    if ('identifiers' in record) record.identifiers.forEach(see);
    take(directory.apply(record, 1, 1));
  };
  return { directory, told, see, apply };
};

const expectTold = (directory: PersonDirectory, told: ReadonlyMap<string, string>, term: string): void => {
  const members = directory.membersOf(term);
  expect([...members].sort()).toEqual(members);
  expect(members).toContain(term);
  expect(directory.personOf(term)).toBe(members[0]);
  expect(told.get(term)).toBe(members[0]);
};

const identifiers = fc.uniqueArray(fc.constantFrom(...ALL), { minLength: 1, maxLength: 4 });
const records = fc.array(
  fc
    .tuple(identifiers, fc.constantFrom('merge', 'split', 'together'))
    .map(([some, what]) =>
      what === 'merge' ? merge(...some) : what === 'split' ? split(...some) : splitTogether(...some),
    ),
  { maxLength: 8 },
);

describe('the persons behind identifiers', () => {
  it('keeps those apart that nothing joins: also one account name at two home pages, and one name', () => {
    const [one, other] = [account('17', 'https://a.example.org'), account('17', 'https://b.example.org')];
    const directory = replay([one, other, mbox('a')]);
    expect(directory.personOf(termOf(one))).toBe(termOf(one));
    expect(directory.personOf(termOf(other))).toBe(termOf(other));
    expect(directory.membersOf(termOf(one))).toEqual([termOf(one)]);
  });

  it('joins an address and its hash, whichever is seen first, and says whose person is another then', () => {
    const [address, digest] = [termOf(mbox('ä"')), termOf(hashed('ä"'))];
    const first = personDirectory();
    expect([first.see(address), first.see(digest), first.see(digest)]).toEqual([[], [], []]);
    const last = personDirectory();
    expect(last.see(digest)).toEqual([]);
    expect(last.personOf(digest)).toBe(digest);
    expect(last.see(address)).toEqual([{ term: digest, from: digest, to: address }]);
    for (const directory of [first, last]) {
      expect(directory.personOf(digest)).toBe(address);
      expect(directory.membersOf(digest)).toEqual([address, digest]);
    }
  });

  it('splits an address from its hash when a record says so, and joins them again when one says that', () => {
    const apart = replay([mbox('a'), hashed('a'), split(hashed('a'))]);
    expect(apart.membersOf(termOf(mbox('a')))).toEqual([termOf(mbox('a'))]);
    apart.apply(merge(mbox('a'), hashed('a')), 9, 9);
    expect(apart.personOf(termOf(hashed('a')))).toBe(termOf(mbox('a')));
  });

  it('takes a hash along with its address when only the address was ever named', () => {
    const directory = replay([merge(mbox('a'), account('x')), split(mbox('a')), hashed('a')]);
    expect(directory.membersOf(termOf(hashed('a')))).toEqual([termOf(mbox('a')), termOf(hashed('a'))]);
    expect(directory.membersOf(termOf(account('x')))).toEqual([termOf(account('x'))]);
  });

  it('splits each on its own, or together, and says whose person is another', () => {
    const three = merge(account('x'), account('y'), account('z'));
    const alone = replay([three, split(account('x'), account('y'))]);
    expect(alone.membersOf(termOf(account('x')))).toHaveLength(1);
    const directory = replay([three]);
    const [x, y, z] = ['x', 'y', 'z'].map((name) => termOf(account(name))) as [string, string, string];
    expect(directory.apply(splitTogether(account('x'), account('y')), 2, 2)).toEqual([
      { term: z, from: x, to: z },
    ]);
    expect(directory.membersOf(y)).toEqual([x, y]);
  });

  it('is the same whenever identifiers are first seen', () => {
    fc.assert(
      fc.property(records, fc.infiniteStream(fc.nat()), (ledger, places) => {
        const late: (Identifier | SignedRecord)[] = [...ledger];
        for (const one of ALL) late.splice((places.next().value as number) % (late.length + 1), 0, one);
        expect(groups(replay(late))).toEqual(groups(replay([...ALL, ...ledger])));
      }),
    );
  });

  it('is restored by splitting off what was merged in and was on its own before', () => {
    fc.assert(
      fc.property(records, identifiers, (ledger, others) => {
        const alone = account('alone');
        const before = replay([...ALL, alone, ...ledger]);
        const after = replay([...ALL, alone, ...ledger, merge(alone, ...others.slice(0, 1)), split(alone)]);
        expect(groups(after)).toEqual(groups(before));
      }),
    );
  });

  it('tells of every identifier whose canonical term is another, and calls the smallest canonical', () => {
    fc.assert(
      fc.property(records, (ledger) => {
        const { directory, told, see, apply } = attended();
        ALL.slice(0, 4).forEach(see);
        ledger.forEach(apply);
        [...ALL].reverse().forEach(see);
        for (const one of ALL) expectTold(directory, told, termOf(one));
      }),
    );
  });

  it('finds a person by the public id of any of its identifiers', () => {
    const directory = replay([mbox('a'), hashed('a'), merge(mbox('a'), account('x'))]);
    const canonical = directory.personOf(termOf(mbox('a')));
    for (const one of [mbox('a'), hashed('a'), account('x')]) {
      expect(personId(termOf(one))).toMatch(/^[\w-]{16}$/);
      expect(directory.personOfId(personId(termOf(one)))).toBe(canonical);
    }
    expect(directory.personOfId(personId(termOf(account('y'))))).toBeUndefined();
  });

  it('keeps who said it, when and why', () => {
    const directory = personDirectory();
    directory.apply(merge(mbox('a'), account('x')), 7, 1000);
    directory.apply({ ...splitTogether(mbox('a')), evidence: 'HR-17' } as SignedRecord, 9, 2000);
    expect(directory.history()).toEqual([
      {
        position: 7,
        at: 1000,
        by: 'b',
        record: 'merge',
        terms: [mbox('a'), account('x')].map(termOf),
        why: 'w',
      },
      {
        position: 9,
        at: 2000,
        by: 'b',
        record: 'split',
        terms: [termOf(mbox('a'))],
        together: true,
        why: 'w',
        evidence: 'HR-17',
      },
    ]);
  });
});
