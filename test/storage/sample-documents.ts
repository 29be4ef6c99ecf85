import type { DocumentContent, DocumentKey, DocumentScope } from '../../src/documents/document.ts';
import type { Storage } from '../../src/storage/storage.ts';

export const STATE = { resource: 'state', activity: 'https://example.org/a', agent: 'ada' } as const;
export const WITH = { ...STATE, registration: '00000000-0000-4000-8000-000000000001' } as const;
export const OTHER = { ...STATE, registration: '00000000-0000-4000-8000-000000000002' } as const;
export const AGENT = { resource: 'agent-profile', agent: 'ada' } as const;
export const ACTIVITY = { resource: 'activity-profile', activity: 'https://example.org/a' } as const;
export const SCOPES: readonly DocumentScope[] = [
  STATE,
  WITH,
  OTHER,
  AGENT,
  ACTIVITY,
  { ...AGENT, agent: 'bo' },
];

export const text = (value: string, contentType = 'text/plain'): DocumentContent => ({
  contentType,
  content: Buffer.from(value),
});
export const put = ({ documents }: Storage, scope: DocumentScope, id: string, content = text(id)) =>
  documents.change({ ...scope, id }, () => content);
export const remove = ({ documents }: Storage, key: DocumentKey) => documents.change(key, () => undefined);
export const idsOf = async (
  { documents }: Storage,
  scope: DocumentScope,
  since?: number,
): Promise<string[]> => (await documents.list(scope, since)).map(({ id }) => id);
export const textOf = async ({ documents }: Storage, key: DocumentKey): Promise<string | undefined> =>
  (await documents.get(key))?.content.toString();
