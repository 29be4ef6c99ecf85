import { attachmentPart } from '../statements/attachment-part.ts';
import type { Position } from '../statements/statement-query.ts';
import type { StatementPage, StoredStatement } from '../statements/statement-store.ts';
import { type Part, writeMultipart } from '../xapi/write-multipart.ts';
import { cutPage } from './cut-page.ts';
import type { Reply } from './exchange.ts';
import type { Presentation } from './presentation.ts';
import type { Services } from './services.ts';
import type { ShownAttachment } from './shown-attachments.ts';

/** One statement (ST-14). */
export const presentStatement = async (
  services: Services,
  statement: StoredStatement,
  presentation: Presentation,
): Promise<Reply> => {
  const { texts, shown } = await cutPage(services, [statement], presentation);
  return present(services, [statement], texts.join(''), shown, presentation);
};

/** A StatementResult (ST-8): the page, or its beginning where all of it would become too large. */
export const presentPage = async (
  services: Services,
  page: StatementPage,
  moreBehind: (position: Position) => string,
  presentation: Presentation,
): Promise<Reply> => {
  const { texts, shown } = await cutPage(services, page.statements, presentation);
  const kept = page.statements.slice(0, texts.length);
  const behind = kept.length < page.statements.length ? kept.at(-1)?.position : page.behind;
  const more = behind === undefined ? '' : moreBehind(behind);
  const text = `{"statements":[${texts.join(',')}],"more":${JSON.stringify(more)}}`;
  return present(services, kept, text, shown, presentation);
};

const present = async (
  { attachments: store }: Services,
  statements: readonly StoredStatement[],
  text: string,
  shown: readonly ShownAttachment[],
  { attachments, isHead }: Presentation,
): Promise<Reply> => {
  const newest = statements.reduce((latest, { stored }) => Math.max(latest, stored), 0);
  const headers: Record<string, string> =
    newest === 0 ? {} : { 'Last-Modified': new Date(newest / 1000).toUTCString() };
  if (!attachments) {
    return { status: 200, headers: { ...headers, 'Content-Type': 'application/json' }, body: text };
  }
  const parts: Part[] = [
    { headers: new Map([['Content-Type', 'application/json']]), body: Buffer.from(text) },
  ];
  for (const one of isHead ? [] : shown) {
    const stored = await store.get(one.sha2);
    if (stored !== undefined) parts.push(attachmentPart(one.declared, stored));
  }
  const { contentType, body } = writeMultipart(parts);
  return { status: 200, headers: { ...headers, 'Content-Type': contentType }, ...(isHead ? {} : { body }) };
};
