import type { Statement } from '../../src/xapi/statement.ts';

export const member = (name: string) => ({ name, mbox: `mailto:${name}@example.com` });
const group = { objectType: 'Group', name: 'Crew', member: ['ada', 'bo', 'cy'].map(member) } as const;
const attachment = {
  usageType: 'https://example.com/use',
  display: { en: 'a picture' },
  contentType: 'image/png',
  length: 12,
  sha2: 'ab'.repeat(32),
};

/** A valid statement that has every kind of property which is compared in its own way. */
export const stored = {
  id: '6690e6c9-3ef0-4ed3-8b37-7f3964730bee',
  actor: { ...group },
  verb: { id: 'https://example.com/verbs/did', display: { en: 'did' } },
  object: {
    objectType: 'SubStatement',
    actor: { objectType: 'Agent', mbox_sha1sum: 'ab'.repeat(20) },
    verb: { id: 'https://example.com/verbs/planned', display: { en: 'planned' } },
    object: { objectType: 'StatementRef', id: '6690e6c9-3ef0-4ed3-8b37-7f3964730bea' },
    timestamp: '2026-01-02T03:04:05.678Z',
    result: { duration: 'PT2S' },
    context: { contextActivities: { parent: [{ objectType: 'Activity', id: 'https://example.com/p' }] } },
  },
  result: {
    score: { scaled: 0.5, raw: 5, min: 0, max: 10 },
    success: true,
    completion: false,
    response: 'Yes',
    duration: 'PT1.25S',
    extensions: { 'https://example.com/x': { list: [1, 'two', null, { deep: false }], empty: {} } },
  },
  context: {
    registration: '6690e6c9-3ef0-4ed3-8b37-7f3964730bef',
    instructor: { objectType: 'Agent', account: { homePage: 'https://Example.com', name: 'Ada' } },
    team: { ...group },
    contextActivities: { grouping: [{ objectType: 'Activity', id: 'https://example.com/g' }] },
    contextAgents: [
      {
        objectType: 'contextAgent',
        agent: { objectType: 'Agent', openid: 'https://ada.example' },
        relevantTypes: ['https://e.x/r'],
      },
    ],
    contextGroups: [{ objectType: 'contextGroup', group }],
    revision: '1',
    platform: 'LMS',
    language: 'en-GB',
    statement: { objectType: 'StatementRef', id: '6690e6c9-3ef0-4ed3-8b37-7f3964730bec' },
  },
  timestamp: '2026-01-02T03:04:05.678Z',
  stored: '2026-01-02T03:04:06.000001Z',
  authority: { objectType: 'Agent', account: { homePage: 'https://lrs.example', name: 'key' } },
  version: '1.0.0',
  attachments: [attachment],
} as const satisfies Statement;
