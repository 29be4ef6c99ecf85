import type { StoredAttachment } from '../statements/attachment-store.ts';
import type { StoredStatement } from '../statements/statement-store.ts';
import { termsOf } from '../statements/terms.ts';
import { readAcceptLanguage } from '../xapi/accept-language.ts';
import { declaredIn, mayDeclareAttachments } from '../xapi/declared-attachments.ts';
import { formatCanonical, formatIds } from '../xapi/format-statement.ts';
import type { Statement } from '../xapi/statement.ts';
import type { Reply } from './exchange.ts';
import { type Part, writeMultipart } from './multipart.ts';
import type { Services } from './services.ts';

export type Presentation = {
  readonly format: 'exact' | 'ids' | 'canonical';
  readonly attachments: boolean;
  readonly language: string | undefined;
  /** Whether the reader sees only its own statements. */
  readonly isMine: boolean;
};

/** One statement (ST-14). */
export const presentStatement = async (
  services: Services,
  statement: StoredStatement,
  presentation: Presentation,
): Promise<Reply> => {
  const [text = ''] = await textsOf(services, [statement], presentation);
  return present(services, [statement], text, presentation);
};

/** A StatementResult (ST-8). */
export const presentPage = async (
  services: Services,
  statements: readonly StoredStatement[],
  more: string,
  presentation: Presentation,
): Promise<Reply> => {
  const texts = await textsOf(services, statements, presentation);
  const text = `{"statements":[${texts.join(',')}],"more":${JSON.stringify(more)}}`;
  return present(services, statements, text, presentation);
};

const present = async (
  services: Services,
  statements: readonly StoredStatement[],
  text: string,
  { attachments, isMine }: Presentation,
): Promise<Reply> => {
  const newest = statements.reduce((latest, { stored }) => Math.max(latest, stored), 0);
  const headers: Record<string, string> =
    newest === 0 ? {} : { 'Last-Modified': new Date(newest / 1000).toUTCString() };
  if (!attachments) {
    return { status: 200, headers: { ...headers, 'Content-Type': 'application/json' }, body: text };
  }
  const parts: Part[] = [
    { headers: new Map([['Content-Type', 'application/json']]), body: Buffer.from(text) },
    ...(await attachmentsOf(services, statements, isMine)).map(partOf),
  ];
  const { contentType, body } = writeMultipart(parts);
  return { status: 200, headers: { ...headers, 'Content-Type': contentType }, body };
};

const partOf = ({ sha2, contentType, body }: StoredAttachment): Part => ({
  headers: new Map([
    ['Content-Type', contentType],
    ['Content-Transfer-Encoding', 'binary'],
    ['X-Experience-API-Hash', sha2],
  ]),
  body,
});

/**
 * Each distinct attachment whose bytes are here, in the order of the statements (M-9). Who may read only its own
 * statements gets the bytes that came with them, not those that a `fileUrl` says to be elsewhere: they may be another's.
 */
const attachmentsOf = async (
  { attachments }: Services,
  statements: readonly StoredStatement[],
  isMine: boolean,
): Promise<readonly StoredAttachment[]> => {
  const hashes = new Set<string>();
  for (const { text } of statements) {
    if (!mayDeclareAttachments(text)) continue;
    for (const { sha2, attachment } of declaredIn(JSON.parse(text) as Statement, 0)) {
      if (!isMine || attachment.fileUrl === undefined) hashes.add(sha2);
    }
  }
  const found = await Promise.all([...hashes].map((sha2) => attachments.get(sha2)));
  return found.filter((attachment) => attachment !== undefined);
};

const textsOf = async (
  services: Services,
  statements: readonly StoredStatement[],
  { format, language }: Presentation,
): Promise<readonly string[]> => {
  const texts = statements.map(({ text }) => text);
  if (format === 'exact') return texts;
  if (format === 'ids') return texts.map(formatIds);
  const definitions = await definitionsOf(services, texts);
  const languages = readAcceptLanguage(language);
  return texts.map((text) => formatCanonical(text, languages, (id) => definitions.get(id)));
};

/** The canonical definitions, as JSON, of all activities that the statements name. */
const definitionsOf = async (
  { statements }: Services,
  texts: readonly string[],
): Promise<ReadonlyMap<string, string>> => {
  const ids = new Set<string>();
  for (const text of texts) {
    const { own, related } = termsOf(JSON.parse(text) as Statement);
    for (const term of [...own, ...related]) if (term.startsWith('a')) ids.add(term.slice(1));
  }
  const definitions = new Map<string, string>();
  for (const id of ids) {
    const definition = await statements.definition(id);
    if (definition !== undefined) definitions.set(id, JSON.stringify(definition));
  }
  return definitions;
};
