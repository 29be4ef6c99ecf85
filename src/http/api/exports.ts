import type { Answer } from '../../metrics/views.ts';
import {
  booleanValue,
  isObject,
  needed,
  objectOf,
  oneOf,
  optional,
  readAll,
} from '../../xapi/json-reader.ts';
import { Rejection } from '../../xapi/rejection.ts';
import type { Reply } from '../exchange.ts';
import { nameActivities } from '../name-activities.ts';
import type { Services } from '../services.ts';
import type { ApiHandler } from './api-exchange.ts';
import { csvPages } from './csv-text.ts';
import { logAnswer } from './log-persons.ts';
import { accessOf, askOf, languagesOf } from './query.ts';
import { readJsonBody } from './record-people.ts';

/** So many rows are asked for at once. */
const PAGE = 5000;

type Wish = { readonly query: unknown; readonly format: 'csv' | 'ndjson'; readonly bom?: boolean };

const readWish = objectOf<Wish>({
  query: needed((value) => value),
  format: needed(oneOf(['csv', 'ndjson'])),
  bom: optional(booleanValue),
});

/**
 * `POST exports`: all rows of an answer as a file, page by page of the one answer. It flows as it is read, so that
 * nobody has to come back for it.
 */
export const exportTable =
  (services: Services): ApiHandler =>
  async (exchange) => {
    const { query, format, bom = false } = readAll(readJsonBody(exchange), readWish);
    const access = accessOf(exchange.principal);
    const languages = languagesOf(exchange);
    const ask = async (cursor: string | null): Promise<Answer> => {
      const asked = isObject(query) ? { ...query, page: { limit: PAGE, cursor } } : query;
      const question = { kind: 'query', query: asked, access } as const;
      const answer = await askOf<Answer>(services, question, query).catch(inQuery);
      logAnswer(services, exchange.principal, answer);
      return nameActivities(answer, services.statements, languages);
    };
    const first = await ask(null);
    return format === 'csv' ? csvReply(first, ask, bom) : ndjsonReply(first, ask, query);
  };

/** Pointers begin at the body. */
const inQuery = (error: unknown): never => {
  if (!(error instanceof Rejection)) throw error;
  throw new Rejection(
    error.reason,
    error.problems.map((one) => ({ ...one, pointer: `/query${one.pointer}` })),
  );
};

type Ask = (cursor: string) => Promise<Answer>;

/** The manifest of a table that has no place for one in itself. */
const csvReply = (first: Answer, ask: Ask, bom: boolean): Reply => {
  const { header, page } = csvPages(first);
  return {
    status: 200,
    headers: { ...fileHeaders(first, 'csv'), 'Content-Type': 'text/csv; charset=utf-8; header=present' },
    stream: async function* stream() {
      yield (bom ? '\ufeff' : '') + header;
      for await (const { rows } of pagesOf(first, ask)) yield page(rows);
    },
  };
};

const ndjsonReply = (first: Answer, ask: Ask, query: unknown): Reply => {
  const { columns, meta, totals, page } = first;
  const { elapsedMs: _, ...told } = meta;
  const manifest = {
    ...told,
    query,
    columns,
    rowCount: page.total,
    ...(totals === undefined ? {} : { totals }),
  };
  const names = columns.map(({ name }) => name);
  return {
    status: 200,
    headers: { ...fileHeaders(first, 'ndjson'), 'Content-Type': 'application/x-ndjson' },
    stream: async function* stream() {
      yield `${JSON.stringify({ $meta: manifest })}\n`;
      for await (const { rows } of pagesOf(first, ask)) {
        const lines = rows.map((row) =>
          JSON.stringify(Object.fromEntries(names.map((name, at) => [name, row[at]]))),
        );
        yield lines.map((line) => `${line}\n`).join('');
      }
    },
  };
};

async function* pagesOf(first: Answer, ask: Ask): AsyncGenerator<Answer> {
  let page = first;
  for (;;) {
    yield page;
    if (page.page.next === null) return;
    page = await ask(page.page.next);
  }
}

const fileHeaders = ({ meta, page }: Answer, ending: string): Record<string, string> => ({
  'Content-Disposition': `attachment; filename="cairn-${meta.definitions[0]?.replaceAll(/[^\w.-]/g, '-')}-${meta.seq}.${ending}"`,
  'X-Cairn-Query-Hash': meta.queryHash,
  'X-Cairn-Definitions': meta.definitions.join(', '),
  'X-Cairn-Seq': String(meta.seq),
  'X-Cairn-As-Of': meta.asOf,
  'X-Cairn-Row-Count': String(page.total),
});
