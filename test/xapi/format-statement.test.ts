import fc from 'fast-check';
import { formatCanonical, formatIds, toCanonical, toIds } from '../../src/xapi/format-statement.ts';
import type { Definition, Statement } from '../../src/xapi/statement.ts';

const agent = { objectType: 'Agent', name: 'Ada', mbox: 'mailto:ada@example.com' } as const;
const account = { homePage: 'https://example.com', name: 'ada' };
const group = {
  objectType: 'Group',
  name: 'Crew',
  mbox_sha1sum: 'f'.repeat(40),
  member: [agent],
} as const;
const anonymous = { objectType: 'Group', name: 'Some', member: [{ name: 'Bo', account }, agent] } as const;
const verb = { id: 'https://example.com/verbs/did', display: { 'en-US': 'did', de: 'tat', und: '?' } };
const definition: Definition = {
  type: 'https://example.com/types/question',
  name: { 'en-US': 'Question', de: 'Frage' },
  description: { und: 'q', fr: 'Quelle ?' },
  interactionType: 'choice',
  correctResponsesPattern: ['a'],
  choices: [
    { id: 'a', description: { 'en-US': 'yes', de: 'ja' } },
    { id: 'b', description: {} },
    { id: 'c' },
  ],
  extensions: { 'https://example.com/x': { name: { de: 'bleibt', en: 'stays' } } },
};
const activity = (id: string) =>
  ({ objectType: 'Activity', id: `https://example.com/${id}`, definition }) as const;

const statement: Statement = {
  id: '6690e6c9-3ef0-4ed3-8b37-7f3964730bee',
  actor: anonymous,
  verb,
  object: {
    objectType: 'SubStatement',
    actor: group,
    verb,
    object: activity('inner'),
    context: { contextActivities: { other: [activity('innerOther')] }, instructor: agent },
    attachments: [
      {
        usageType: 'https://example.com/use',
        display: { en: 'a', de: 'b' },
        contentType: 'text/plain',
        length: 1,
        sha2: 'a'.repeat(64),
      },
    ],
  },
  result: { score: { scaled: 0.5 }, extensions: { 'https://example.com/y': { actor: agent, verb } } },
  context: {
    registration: '6690e6c9-3ef0-4ed3-8b37-7f3964730bef',
    instructor: agent,
    team: group,
    contextActivities: { parent: activity('parent'), grouping: [activity('g1'), activity('g2')] },
    contextAgents: [{ objectType: 'contextAgent', agent, relevantTypes: ['https://example.com/role'] }],
    contextGroups: [{ objectType: 'contextGroup', group: anonymous }],
    statement: { objectType: 'StatementRef', id: '6690e6c9-3ef0-4ed3-8b37-7f3964730bea' },
  },
  timestamp: '2026-01-02T03:04:05Z',
  authority: { objectType: 'Agent', account, name: 'key 1' },
};

const idAgent = { objectType: 'Agent', mbox: agent.mbox };
const idGroup = { objectType: 'Group', mbox_sha1sum: group.mbox_sha1sum };
const idAnonymous = { objectType: 'Group', member: [{ account }, idAgent] };
const idOf = (name: string) => ({ id: `https://example.com/${name}` });

describe('ids (FM-2)', () => {
  it('reduces every agent, group, verb and activity to what identifies it', () => {
    expect(toIds(statement)).toEqual({
      ...statement,
      actor: idAnonymous,
      verb: { id: verb.id },
      object: {
        ...statement.object,
        actor: idGroup,
        verb: { id: verb.id },
        object: idOf('inner'),
        context: { contextActivities: { other: [idOf('innerOther')] }, instructor: idAgent },
      },
      context: {
        ...statement.context,
        instructor: idAgent,
        team: idGroup,
        contextActivities: { parent: idOf('parent'), grouping: [idOf('g1'), idOf('g2')] },
        contextAgents: [
          { objectType: 'contextAgent', agent: idAgent, relevantTypes: ['https://example.com/role'] },
        ],
        contextGroups: [{ objectType: 'contextGroup', group: idAnonymous }],
      },
      authority: { objectType: 'Agent', account },
    });
  });

  it.each([
    [
      'an activity without objectType',
      { id: 'https://example.com/a', definition },
      { id: 'https://example.com/a' },
    ],
    ['an activity', activity('a'), idOf('a')],
    ['an agent', agent, idAgent],
    ['a group', group, idGroup],
    ['an anonymous group', anonymous, idAnonymous],
    [
      'a reference',
      { objectType: 'StatementRef', id: statement.id as string },
      { objectType: 'StatementRef', id: statement.id },
    ],
  ] as const)('knows %s as the object', (_, object, reduced) => {
    expect(toIds({ ...statement, object }).object).toEqual(reduced);
  });

  it('reads an objectType and a key however they are written', () => {
    const text =
      '{"\\u0061ctor":{"name":"A","mbox":"mailto:a@b"},"object":{"objectType":"\\u0041gent","name":"x","mbox":"mailto:c@d"}}';
    expect(JSON.parse(formatIds(text))).toEqual({
      actor: { mbox: 'mailto:a@b' },
      object: { objectType: 'Agent', mbox: 'mailto:c@d' },
    });
  });
});

const nothing = () => undefined;

describe('canonical (FM-3)', () => {
  const german = (own: Definition): Definition => ({
    ...own,
    name: { de: 'Frage' },
    description: { fr: 'Quelle ?' },
    choices: [{ id: 'a', description: { de: 'ja' } }, { id: 'b', description: {} }, { id: 'c' }],
  });
  const inGerman = (id: string) => ({ ...activity(id), definition: german(definition) });
  const display = { ...verb, display: { de: 'tat' } };

  it('leaves one language in each map, and agents, extensions and attachments as they are', () => {
    expect(toCanonical(statement, ['de'], nothing)).toEqual({
      ...statement,
      verb: display,
      object: {
        ...statement.object,
        verb: display,
        object: inGerman('inner'),
        context: { contextActivities: { other: [inGerman('innerOther')] }, instructor: agent },
      },
      context: {
        ...statement.context,
        contextActivities: { parent: inGerman('parent'), grouping: [inGerman('g1'), inGerman('g2')] },
      },
    });
  });

  it('takes the first stored language when none is wanted', () => {
    const { verb: shown } = toCanonical(statement, [], nothing);
    expect(shown.display).toEqual({ 'en-US': 'did' });
  });

  it('puts the canonical definition in place of the own, or adds it', () => {
    const canonical: Definition = { name: { en: 'known', de: 'bekannt' }, type: 'https://example.com/t' };
    const definitionOf = (id: string) => (id === 'https://example.com/known' ? canonical : undefined);
    const shown = { name: { de: 'bekannt' }, type: 'https://example.com/t' };
    for (const own of [{ definition }, {}]) {
      const object = { id: 'https://example.com/known', ...own };
      const context = { contextActivities: { parent: [{ ...object }, { id: 'https://example.com/other' }] } };
      expect(toCanonical({ ...statement, object, context }, ['de'], definitionOf)).toMatchObject({
        object: { id: object.id, definition: shown },
        context: {
          contextActivities: {
            parent: [{ id: object.id, definition: shown }, { id: 'https://example.com/other' }],
          },
        },
      });
    }
    expect(canonical.name).toEqual({ en: 'known', de: 'bekannt' });
  });
});

const numbers = '{"a":0.10,"b":1e400,"c":12345678901234567890,"d":[-0,1E+2]}';

describe('the text of what is not rewritten', () => {
  const text = `{"actor":{"mbox":"mailto:a@b.c","name":"A"},"verb":{"id":"v:v","display":{"en":"x","de":"y"}},"object":{"id":"a:a","definition":{"extensions":{"x:y":${numbers}},"name":{"en":"n"}}},"result":{"score":{"raw":1.50},"extensions":{"x:y":${numbers}}}}`;

  it('stays token by token in ids', () => {
    expect(formatIds(text)).toBe(
      `{"actor":{"mbox":"mailto:a@b.c"},"verb":{"id":"v:v"},"object":{"id":"a:a"},"result":{"score":{"raw":1.50},"extensions":{"x:y":${numbers}}}}`,
    );
  });

  it('stays token by token in canonical, definitions included', () => {
    expect(formatCanonical(text, ['de'], nothing)).toBe(text.replace('"en":"x",', ''));
    const known = `{"extensions":{"z:z":${numbers}}}`;
    expect(formatCanonical(text, ['de'], () => known)).toBe(
      text.replace('"en":"x",', '').replace(`{"extensions":{"x:y":${numbers}},"name":{"en":"n"}}`, known),
    );
  });

  const extensions = fc.dictionary(fc.webUrl(), fc.jsonValue(), { maxKeys: 4 });

  it('comes back from any extensions, and formatting twice changes nothing more', () => {
    fc.assert(
      fc.property(extensions, (added) => {
        const sent = JSON.parse(JSON.stringify({ ...statement, result: { extensions: added } })) as Statement;
        const before = JSON.stringify(sent);
        for (const format of [toIds, (one: Statement) => toCanonical(one, ['de'], nothing)]) {
          const once = format(sent);
          expect(JSON.stringify(once.result)).toBe(JSON.stringify(sent.result));
          expect(format(once)).toEqual(once);
        }
        expect(JSON.stringify(sent)).toBe(before);
      }),
    );
  });
});
