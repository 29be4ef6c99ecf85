import { setImmediate as nextTurn } from 'node:timers/promises';
import type { DocumentKey, StoredDocument } from '../documents/document.ts';
import type { Position, StatementQuery } from '../statements/statement-query.ts';
import type { StatementPage, StoredStatement, StoringTerms } from '../statements/statement-store.ts';
import { agentTerm } from '../statements/terms.ts';
import { declaredIn, mayDeclareAttachments } from '../xapi/declared-attachments.ts';
import type { Statement } from '../xapi/statement.ts';
import { type Filters, readFilters } from './get-statements.ts';
import { type Parameters, readBoolean, readCount } from './parameters.ts';
import type { Services } from './services.ts';
import { transferAttachment } from './transfer-attachment.ts';
import { transferDocument } from './transfer-document.ts';
import { transferRecord } from './transfer-record.ts';
import { termsOfStored, transferTerms } from './transfer-terms.ts';

export type ExportRequest = {
  readonly format: 'ndjson' | 'json';
  readonly attachments: boolean;
  readonly documents: boolean;
  /** Whether records about people go along, where nothing is filtered. */
  readonly records: boolean;
  /** Whether it is told how statements were stored, where they do not say so themselves. */
  readonly terms: boolean;
  /** The filters of GET statements by their names there, `ascending` and `limit` (0 is all). */
  readonly parameters: Parameters;
};

export type ExportStores = Pick<Services, 'statements' | 'attachments' | 'documents' | 'people'>;

const PAGE = 500;
const CHUNK = 65_536;

/**
 * Records about people in their order, unless statements are filtered; statements in the order of storing, each behind the attachments that it is the first to name and, where they change,
 * the terms on which it was stored, and then documents:
 * NDJSON, or a JSON array with an element a line. Without a filter the voided ones are there too, for they are part
 * of the record. It ends with what was stored when it began; a slow reader holds it up and nothing else.
 *
 * @throws Rejection `parameter-invalid`.
 */
export const exportText = (stores: ExportStores, request: ExportRequest): AsyncIterable<string> => {
  const { parameters } = request;
  const limit = readCount(parameters, 'limit') || Number.POSITIVE_INFINITY;
  const through = stores.statements.consistentThrough();
  const filters = readFilters(parameters);
  const until = Math.min(filters.until ?? through, through);
  const plan = {
    ...filters,
    until,
    documentsUntil: filters.until,
    ascending: readBoolean(parameters, 'ascending'),
    limit,
  };
  const isFiltered = Object.values(filters).some((value) => value !== undefined && value !== false);
  return inChunks(elements(stores, request, plan, isFiltered), request.format);
};

type Plan = Filters & {
  readonly until: number;
  /** Documents hold what they hold now, unless a moment was asked for. */
  readonly documentsUntil: number | undefined;
  readonly ascending: boolean;
  readonly limit: number;
};

async function* elements(
  stores: ExportStores,
  request: ExportRequest,
  plan: Plan,
  isFiltered: boolean,
): AsyncGenerator<string> {
  if (request.records && !isFiltered) yield* recordsOf(stores);
  yield* statementsOf(stores, request, plan, isFiltered);
  if (request.documents && plan.verb === undefined) yield* documentsOf(stores, plan);
}

async function* recordsOf({ people }: ExportStores): AsyncGenerator<string> {
  for await (const record of people.all()) yield transferRecord(record);
}

async function* statementsOf(
  stores: ExportStores,
  request: ExportRequest,
  plan: Plan,
  isFiltered: boolean,
): AsyncGenerator<string> {
  const isWhole = plan.ascending && !isFiltered;
  const written = new Set<string>();
  const changed = changesOfTerms();
  for await (const { text, terms } of isWhole ? wholeLog(stores, plan) : matching(stores, plan)) {
    if (request.terms) yield* changed(text, terms);
    if (request.attachments && mayDeclareAttachments(text)) yield* attachmentsOf(stores, text, written);
    yield text;
  }
}

/** Answers the terms of a statement where they are not those of the one before. */
const changesOfTerms = (): ((text: string, terms: StoringTerms) => readonly string[]) => {
  let told = transferTerms({});
  return (text, terms) => {
    const own = transferTerms(termsOfStored(text, terms));
    const isTold = own === told;
    told = own;
    return isTold ? [] : [own];
  };
};

async function* documentsOf({ documents }: ExportStores, plan: Plan): AsyncGenerator<string> {
  for await (const { key, document } of documents.all()) {
    if (fits(plan, key, document)) yield transferDocument(key, document);
  }
}

async function* wholeLog(
  { statements }: ExportStores,
  { until, limit }: Plan,
): AsyncGenerator<StoredStatement> {
  let left = limit;
  let position: Position = 0;
  while (left > 0) {
    const page = await statements.after(position, Math.min(PAGE, left));
    for (const statement of page) {
      if (statement.stored > until) return;
      yield statement;
    }
    left -= page.length;
    position = page.at(-1)?.position ?? position;
    if (page.length === 0) return;
    await nextTurn();
  }
}

async function* matching({ statements }: ExportStores, plan: Plan): AsyncGenerator<StoredStatement> {
  let left = plan.limit;
  let behind: Position | undefined;
  while (left > 0) {
    const place = behind === undefined ? {} : { behind };
    const query: StatementQuery = { ...plan, ...place, limit: Math.min(PAGE, left) };
    const page: StatementPage = await statements.page(query);
    yield* page.statements;
    left -= page.statements.length;
    behind = page.behind;
    if (behind === undefined) return;
    await nextTurn();
  }
}

async function* attachmentsOf(
  { attachments }: ExportStores,
  text: string,
  written: Set<string>,
): AsyncGenerator<string> {
  for (const { sha2 } of declaredIn(JSON.parse(text) as Statement, 0)) {
    if (written.has(sha2)) continue;
    written.add(sha2);
    const attachment = await attachments.get(sha2);
    if (attachment !== undefined) yield transferAttachment(attachment);
  }
}

/** A document has no verb; it is the agent's, the activity's and the registration's that are asked for. */
const fits = (plan: Plan, key: DocumentKey, { updated }: StoredDocument): boolean =>
  (plan.agent === undefined || agentTerm(plan.agent) === key.agent) &&
  (plan.activity === undefined || plan.activity === key.activity) &&
  (plan.registration === undefined || plan.registration === key.registration) &&
  updated > (plan.since ?? 0) &&
  updated <= (plan.documentsUntil ?? Number.POSITIVE_INFINITY);

async function* inChunks(
  texts: AsyncIterable<string>,
  format: ExportRequest['format'],
): AsyncGenerator<string> {
  const isJson = format === 'json';
  let chunk = isJson ? '[' : '';
  let isFirst = true;
  for await (const text of texts) {
    if (isJson) chunk += isFirst ? `\n${text}` : `,\n${text}`;
    else chunk += `${text}\n`;
    isFirst = false;
    if (chunk.length < CHUNK) continue;
    yield chunk;
    chunk = '';
  }
  yield isJson ? `${chunk}\n]\n` : chunk;
}
