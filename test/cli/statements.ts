import { createHash } from 'node:crypto';

/** A UUID that follows from a number. */
export const uuid = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

/** A good statement of xAPI 1.0.3 as text. */
export const statement = (number: number, more: object = {}): string =>
  JSON.stringify({
    id: uuid(number),
    actor: { mbox: `mailto:p${number % 7}@example.org`, name: `P ${number}` },
    verb: { id: 'http://adlnet.gov/expapi/verbs/experienced' },
    object: {
      id: `https://example.org/activity/${number % 11}`,
      definition: { name: { en: `A ${number}` } },
    },
    result: { score: { raw: number } },
    timestamp: '2024-05-06T07:08:09.10Z',
    ...more,
  });

export const statements = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => statement(index + 1));

export const sha256 = (body: Buffer): string => createHash('sha256').update(body).digest('hex');

/** What a statement says of an attachment. */
export const declared = (body: Buffer, more: object = {}): object => ({
  usageType: 'https://example.org/usage',
  display: { en: 'x' },
  contentType: 'text/plain',
  length: body.length,
  sha2: sha256(body),
  ...more,
});

export const attachmentLine = (body: Buffer, contentType = 'text/plain'): string =>
  JSON.stringify({ attachment: { sha2: sha256(body), contentType, content: body.toString('base64') } });
