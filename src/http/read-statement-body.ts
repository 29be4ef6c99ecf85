import { isUtf8 } from 'node:buffer';
import type { SentAttachment, StatementBatch } from '../statements/statement-store.ts';
import { matchAttachments, problemsOfAttachments, problemsWithoutParts } from '../xapi/attachments.ts';
import { mediaTypeOf } from '../xapi/media-type.ts';
import {
  exactStatement,
  type ReadingRules,
  readStatements,
  type SentBatch,
} from '../xapi/read-statements.ts';
import { Rejection, reject } from '../xapi/rejection.ts';
import type { Family, Statement } from '../xapi/statement.ts';
import type { Part } from '../xapi/write-multipart.ts';
import { readMultipart } from './multipart.ts';
import type { HttpSettings } from './services.ts';

export type StatementBody = {
  readonly batch: SentBatch;
  readonly with: Pick<StatementBatch, 'attachments' | 'signatures'>;
};

/**
 * The statements of a request, and the attachments that came with them (Communication 1.5).
 *
 * @throws Rejection with everything that is wrong with any of them; nothing has been stored.
 */
export const readStatementBody = (
  body: Buffer,
  contentType: string | undefined,
  family: Family,
  settings: HttpSettings,
): StatementBody => {
  const type = mediaTypeOf(contentType ?? '');
  if (type === 'application/json') return plain(body, family, settings);
  if (type === 'multipart/mixed') return mixed(body, contentType as string, family, settings);
  throw reject(
    'header-invalid',
    '/Content-Type',
    `Statements come as application/json or multipart/mixed, not as ${contentType ?? 'nothing'}.`,
    'Communication 1.5',
  );
};

const plain = (body: Buffer, family: Family, settings: HttpSettings): StatementBody => {
  const batch = read(body, family, settings, (good) => problemsWithoutParts(good, family));
  if (batch.statements.some(({ statement }) => mayDeclare(statement))) {
    const problems = problemsWithoutParts(
      batch.statements.map(({ statement }) => statement),
      family,
    );
    if (problems.length > 0) throw new Rejection('attachment-invalid', problems);
  }
  return { batch, with: {} };
};

const mayDeclare = ({ attachments, object }: Statement): boolean =>
  attachments !== undefined || object.objectType === 'SubStatement';

const read = (
  body: Buffer,
  family: Family,
  settings: HttpSettings,
  alsoWrong: NonNullable<ReadingRules['alsoWrong']>,
): SentBatch => {
  if (!isUtf8(body)) throw reject('json-invalid', '', 'The body is not valid UTF-8.', 'Communication 1.4');
  const { maxStatements, maxStatement, maxDepth } = settings;
  return readStatements(body.toString('utf8'), { family, maxStatements, maxStatement, maxDepth, alsoWrong });
};

const mixed = (body: Buffer, contentType: string, family: Family, settings: HttpSettings): StatementBody => {
  const [first, ...others] = readMultipart(body, contentType);
  if (first === undefined || mediaTypeOf(first.headers.get('content-type') ?? '') !== 'application/json') {
    throw reject(
      'body-invalid',
      '',
      'The first part has to be the statements, as application/json.',
      'Communication 1.5.2',
    );
  }
  const parts = others.map(attachmentPart);
  const batch = read(first.body, family, settings, (good) => problemsOfAttachments(good, parts, family));
  checkSizes(others, settings.maxAttachment);
  const { data, signatures } = matchAttachments(batch.statements.map(exactStatement), parts, family);
  const attachments: SentAttachment[] = [...data].map(([sha2, attached]) => ({ sha2, ...attached }));
  return {
    batch,
    with: { attachments, signatures: batch.statements.map((_, index) => signatures.get(index)) },
  };
};

const attachmentPart = ({ headers, body }: Part) => ({
  contentType: headers.get('content-type'),
  encoding: headers.get('content-transfer-encoding'),
  hash: headers.get('x-experience-api-hash'),
  length: headers.get('content-length'),
  body,
});

const checkSizes = (parts: readonly Part[], most: number): void => {
  parts.forEach(({ body }, index) => {
    if (body.length > most) {
      const message = `Part ${index + 2} has ${body.length} bytes; an attachment may have ${most} (CAIRN_MAX_ATTACHMENT).`;
      throw reject('too-large', '', message);
    }
  });
};
