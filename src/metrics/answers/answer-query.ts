import { CATALOGUE } from '../catalogue.ts';
import type { Answering } from '../desk.ts';
import type { Access } from '../metrics.ts';
import { digestOf, queryHash } from '../query/canonical-query.ts';
import type { Query } from '../query/query.ts';
import { readQuery } from '../query/read-query.ts';
import { refusePersons } from '../query/refuse-persons.ts';
import { runQuery, type Table } from '../query/run-query.ts';
import { withTargets } from '../query/targets.ts';
import { apart } from '../scratch.ts';
import type { Answer } from '../views.ts';
import { compareTables } from './compare-tables.ts';
import { comparisonQuery } from './comparison-query.ts';
import { isCut, type KeptRows, letGo } from './kept-rows.ts';
import { lookingAt, metaOf, millisSince, standOf } from './looking-at.ts';
import { cursorText, expired, type PageCursor, placeOf, readCursor } from './page-cursor.ts';
import { pageRows } from './page-rows.ts';

/** All rows of an answer; those behind its first page are measured later. */
type Whole = Omit<Answer, 'page' | 'rows'> & { readonly rows: KeptRows };

/** For so long an answer is the same as long as nothing new has come: what it is complete up to goes on with the clock. Milliseconds. */
const SAME_FOR = 60_000;

/**
 * Answers a query with its first page, or with the page that a cursor names. Later pages are of the same answer as the
 * first one, however much has come since.
 *
 * @throws Rejection `body-invalid`; `forbidden` for persons to who may not know them; `expired` for a cursor whose answer is not kept any more.
 */
export const answerQuery = (asked: unknown, access: Access, at: Answering): Answer => {
  const { world, now, desk } = at;
  const query = readQuery(asked, CATALOGUE);
  refusePersons(query, access);
  const hash = queryHash(query);
  const question = digestOf(JSON.stringify([hash, access.small, access.names]));
  if (query.cursor !== undefined) {
    const { key, from } = readCursor(query.cursor, question);
    const kept = desk.kept.get(placeOf({ key, question }), now) as Whole | undefined;
    if (kept === undefined) throw expired();
    return apart(() => pageOf(kept, { key, question, from }, query.limit));
  }
  const minute = Math.floor(now / SAME_FOR);
  const key = digestOf(JSON.stringify([question, world.upto(), desk.signals(), minute])).slice(0, 22);
  const place = placeOf({ key, question });
  const known = desk.kept.get(place, now) as Whole | undefined;
  // Of one that was cut there is no way to the pages behind.
  if (known !== undefined && !isCut(known.rows)) {
    const whole = { ...known, meta: { ...known.meta, behind: standOf(at).behind } };
    return apart(() => pageOf(whole, { key, question, from: 0 }, query.limit));
  }
  const began = performance.now();
  const unmeasured = wholeAnswer(query, hash, access, at);
  const told = pageRows(unmeasured.rows, 0, query.limit);
  const whole = { ...unmeasured, meta: { ...unmeasured.meta, elapsedMs: millisSince(began) } };
  const page = pageOf(whole, { key, question, from: 0 }, query.limit, told);
  for (let at = 0; at < told.length; at += 1) letGo(whole.rows, at);
  desk.kept.put(place, whole, bytesOf(whole, page), now);
  if (page.page.next !== null) desk.postpone(whole.rows, told.length, query.limit);
  return page;
};

const wholeAnswer = (query: Query, hash: string, access: Access, at: Answering): Whole => {
  const began = performance.now();
  const looking = lookingAt(query, access, at);
  const { scope } = looking;
  const targets = scope.world.people.targets.values();
  const table = withTargets(runQuery(query, scope), query, targets);
  const { columns, rows, totals } = table;
  const other = comparisonQuery(query, scope);
  const compared =
    other === undefined ? {} : compareTables(query, table, other, runQuery(other.query, scope), scope);
  return {
    columns,
    rows: [...rows],
    ...(totals === undefined ? {} : { totals }),
    ...compared,
    meta: { ...metaOf(query, hash, looking, at, began), warnings: warningsOf(table) },
  };
};

const warningsOf = ({ hiddenRows }: Table): readonly string[] =>
  hiddenRows === 0
    ? []
    : [
        `Left out: ${hiddenRows} ${hiddenRows === 1 ? 'row' : 'rows'} of which fewer than five people are told.`,
      ];

const pageOf = (
  whole: Whole,
  { key, question, from }: PageCursor,
  limit: number,
  told = pageRows(whole.rows, from, limit),
): Answer => {
  const { columns, rows, totals, comparison, totalsComparison, meta } = whole;
  const end = from + told.length;
  return {
    columns,
    rows: told,
    ...(totals === undefined ? {} : { totals }),
    ...(comparison === undefined ? {} : { comparison: comparison.slice(from, end) }),
    ...(totalsComparison === undefined ? {} : { totalsComparison }),
    page: {
      next: end < rows.length ? cursorText({ key, question, from: end }) : null,
      limit,
      total: rows.length,
    },
    meta,
  };
};

/** So many rows tell how large all of them are, or rows of so many characters. */
const SAMPLE = 20;
const ENOUGH = 20_000;
/** What a character of JSON costs as an object, roughly; rows of later pages stand as text. */
const COST = 4;

const bytesOf = ({ rows, ...rest }: Whole, page: Answer): number => {
  const { comparison = [], ...head } = rest;
  let [looked, sample] = [0, 0];
  for (; looked < page.rows.length && looked < SAMPLE && sample < ENOUGH; looked += 1)
    sample += JSON.stringify([page.rows[looked], comparison[looked]]).length;
  const later = rows.length - page.rows.length;
  const each = sample / Math.max(1, looked);
  return each * (COST * page.rows.length + later) + COST * JSON.stringify(head).length;
};
