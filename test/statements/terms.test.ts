import {
  agentTerm,
  agentTerms,
  referenceTerm,
  registrationTerm,
  termsOf,
} from '../../src/statements/terms.ts';
import type { Actor, Statement } from '../../src/xapi/statement.ts';
import { stored } from '../xapi/stored-statement.ts';

const person = (name: string): string => `gmbox mailto:${name}@example.com`;
const CREW = ['ada', 'bo', 'cy'].map(person);

describe('the term of an agent', () => {
  const rows: readonly [Actor, string | undefined][] = [
    [{ mbox: 'mailto:Ada@Example.org' }, 'gmbox mailto:Ada@Example.org'],
    [{ mbox_sha1sum: 'AB'.repeat(20) }, `gsha1 ${'ab'.repeat(20)}`],
    [{ openid: 'https://ada.example/' }, 'gopenid https://ada.example/'],
    [{ account: { homePage: 'https://e.org', name: 'Ada L.' } }, 'gaccount https://e.org Ada L.'],
    [
      { account: { homePage: 'https://e.org', name: 'a\u0000\ud800' } },
      'gaccount https://e.org a\\u0000\\ud800',
    ],
    [{ objectType: 'Group', member: [{ mbox: 'mailto:ada@example.org' }] }, undefined],
  ];
  it.each(rows)('%j is %j', (agent, term) => {
    expect(agentTerm(agent)).toBe(term);
  });

  it('does not depend on name and type', () => {
    const mbox = 'mailto:ada@example.org';
    const actors: Actor[] = [
      { mbox, name: 'Ada' },
      { mbox, objectType: 'Agent' },
      { mbox, objectType: 'Group' },
    ];
    expect(actors.map(agentTerm)).toEqual([mbox, mbox, mbox].map((text) => `gmbox ${text}`));
  });

  it('stands beside those of the members', () => {
    const mbox = 'mailto:team@example.org';
    const member = [{ mbox: 'mailto:a@e.org' }, { openid: 'https://b.example/' }];
    const ofMembers = ['gmbox mailto:a@e.org', 'gopenid https://b.example/'];
    expect(agentTerms({ objectType: 'Group', mbox, member })).toEqual([`gmbox ${mbox}`, ...ofMembers]);
    expect(agentTerms({ objectType: 'Group', member })).toEqual(ofMembers);
    expect(agentTerms({ objectType: 'Group', mbox })).toEqual([`gmbox ${mbox}`]);
  });
});

describe('the terms of a statement', () => {
  it('are what it is found by, itself and as related, wherever things stand', () => {
    const { own, related } = termsOf(stored);
    expect(new Set(own)).toEqual(
      new Set(['vhttps://example.com/verbs/did', ...CREW, `r${stored.context.registration}`]),
    );
    expect(new Set(related)).toEqual(
      new Set([
        `gsha1 ${'ab'.repeat(20)}`,
        'ahttps://example.com/p',
        'ahttps://example.com/g',
        'gaccount https://Example.com Ada',
        ...CREW,
        'gopenid https://ada.example',
      ]),
    );
  });

  it('have the target of a StatementRef, but not one in a SubStatement or in the context', () => {
    const { object } = stored.object;
    const statement = { ...stored, object } as Statement;
    expect(termsOf(statement).own).toContain(`s${object.id}`);
    const all = [...termsOf(stored).own, ...termsOf(stored).related];
    expect(all.filter((term) => term.startsWith('s'))).toEqual([]);
  });

  it('name everyone who is called by a name, in the order in which they stand', () => {
    const sub = { ...stored.object, object: { objectType: 'Agent', mbox: 'mailto:o@e.org', name: 'O' } };
    const { named } = termsOf({ ...stored, object: sub } as Statement);
    expect(named.slice(0, 4)).toEqual([
      ...['ada', 'bo', 'cy'].map((name) => ({ term: person(name), name })),
      { term: 'gmbox mailto:o@e.org', name: 'O' },
    ]);
    expect(named).toHaveLength(10);
  });

  it('take UUIDs in any case', () => {
    expect(registrationTerm('ABCDEF00-0000-4000-8000-00000000000F')).toBe(
      'rabcdef00-0000-4000-8000-00000000000f',
    );
    expect(referenceTerm('ABCDEF00-0000-4000-8000-00000000000F')).toBe(
      'sabcdef00-0000-4000-8000-00000000000f',
    );
  });
});
