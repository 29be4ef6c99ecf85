import {
  isObject,
  type JsonReader,
  needed,
  objectOf,
  optional,
  readAll,
  wholeFrom,
} from '../../xapi/json-reader.ts';
import { Rejection, reject } from '../../xapi/rejection.ts';
import { CATALOGUE } from '../catalogue.ts';
import type { Answering } from '../desk.ts';
import type { EvidenceAnswer } from '../evidence-answer.ts';
import type { Access } from '../metrics.ts';
import { measure, type Part } from '../query/answer-rows.ts';
import { canonicalJson, digestOf, queryHash } from '../query/canonical-query.ts';
import { checkNames } from '../query/check-names.ts';
import { countOf, rowsOfGroup } from '../query/group-rows.ts';
import { openGrain } from '../query/open-grain.ts';
import type { Query } from '../query/query.ts';
import { readQuery } from '../query/read-query.ts';
import { type Selection, selectRows } from '../query/select-rows.ts';
import type { DimensionValue } from '../views.ts';
import { evidenceRows, type PlacedRow } from './evidence-rows.ts';
import { lookingAt, metaOf } from './looking-at.ts';
import { cursorText, expired, placeOf, readCursor } from './page-cursor.ts';

type Kept = Pick<EvidenceAnswer, 'definition' | 'params' | 'cell' | 'meta'> & {
  readonly rows: readonly PlacedRow[];
};

type Sent = {
  readonly query: unknown;
  readonly row?: readonly DimensionValue[];
  readonly limit?: number;
  readonly cursor?: string | null;
};

const MOST_ROWS = 200;
const ROWS = 50;

/** Roughly, in bytes. */
const ROW_COSTS = 2000;

const plainValue: JsonReader<DimensionValue> = (value, at, problems) => {
  if (value === null || ['string', 'number', 'boolean'].includes(typeof value))
    return value as DimensionValue;
  if (isObject(value) && typeof value['id'] === 'string') return value['id'];
  problems.push({ pointer: at, message: 'Expected a value as it stands in a row of the answer.' });
  return undefined;
};

const row: JsonReader<readonly DimensionValue[]> = (value, at, problems) => {
  if (Array.isArray(value))
    return value.map((one, index) => plainValue(one, `${at}/${index}`, problems) ?? null);
  problems.push({
    pointer: at,
    message: 'Expected the values of the dimensions, in the order of the columns.',
  });
  return undefined;
};

const readSelector = objectOf<Sent>({
  query: needed((value) => value),
  row: optional(row),
  limit: optional(wholeFrom(1, MOST_ROWS)),
  cursor: optional((value, at, problems) => {
    if (value === null || typeof value === 'string') return value;
    problems.push({ pointer: at, message: 'Expected a cursor or null.' });
    return undefined;
  }),
});

/**
 * Answers who and what stands behind one cell: the rows that it counts, for the numerator or not, and the statements
 * that prove them. Without `row` it is the cell of the totals.
 *
 * @throws Rejection `forbidden` unless who asks may know names; `body-invalid`, `not-found`, `expired`.
 */
export const answerEvidence = (selector: unknown, access: Access, at: Answering): EvidenceAnswer => {
  if (!access.names)
    throw reject('forbidden', '', 'Evidence tells who people are; it needs metrics/evidence.');
  const { query: asked, row: values, limit = ROWS, cursor } = readAll(selector, readSelector);
  const query = behind('/query', () => readQuery(asked, CATALOGUE));
  const hash = queryHash(query);
  const question = digestOf(canonicalJson(['evidence', hash, values ?? null, access]));
  if (typeof cursor === 'string') {
    const { key, from } = behind('', () => readCursor(cursor, question), '/cursor');
    const kept = at.desk.kept.get(placeOf({ key, question }), at.now) as Kept | undefined;
    if (kept === undefined) throw expired();
    return pageOf(kept, { key, question, from }, limit, at);
  }
  const key = digestOf(JSON.stringify([question, at.world.upto(), at.now])).slice(0, 22);
  const found = find(access, query, hash, values, at);
  if (found.rows.length > limit)
    at.desk.kept.put(placeOf({ key, question }), found, ROW_COSTS * found.rows.length, at.now);
  return pageOf(found, { key, question, from: 0 }, limit, at);
};

/** Pointers of what is wrong begin at where the part stands that they are about. */
const behind = <Result>(place: string, read: () => Result, instead?: string): Result => {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof Rejection)) throw error;
    const problems = error.problems.map((one) => ({ ...one, pointer: instead ?? place + one.pointer }));
    throw new Rejection(error.reason, problems);
  }
};

const find = (
  access: Access,
  query: Query,
  hash: string,
  values: readonly DimensionValue[] | undefined,
  at: Answering,
): Kept => {
  const began = performance.now();
  const [request] = query.metrics;
  if (request === undefined || query.metrics.length > 1)
    throw reject('body-invalid', '/query/metrics', 'Evidence is of one metric at a time.');
  const looking = lookingAt(query, access, at);
  const { scope } = looking;
  const { grain } = request.metric;
  behind('/query', () => checkNames(query, () => openGrain(grain, scope)));
  const selection = behind('/query', () => selectRows(query, grain, scope));
  const part = values === undefined ? selection : partAt(selection, values);
  const cell = measure(request, scope, part.grain, part.rows);
  return {
    definition: `${request.metric.id}@${request.metric.version}`,
    params: request.params,
    cell,
    rows: evidenceRows(request, part, scope),
    meta: metaOf(query, hash, looking, at, began),
  };
};

const partAt = ({ grain, dimensions, groups }: Selection, values: readonly DimensionValue[]): Part => {
  if (values.length !== dimensions.length) {
    const message = `The question has ${dimensions.length} dimensions, and this row ${values.length} values.`;
    throw reject('body-invalid', '/row', message);
  }
  const wanted = JSON.stringify(values);
  const plain = (value: DimensionValue): DimensionValue =>
    typeof value === 'object' && value !== null ? value.id : value;
  for (let group = 0; group < countOf(groups); group += 1) {
    const told = dimensions.map(({ decode }, at) => plain(decode(groups.codes[at]?.[group] as number)));
    if (JSON.stringify(told) === wanted) return { grain, rows: rowsOfGroup(groups, group) };
  }
  throw reject('not-found', '/row', 'The answer has no such row.');
};

const pageOf = (
  { rows, ...kept }: Kept,
  { key, question, from }: Parameters<typeof cursorText>[0],
  limit: number,
  { world }: Answering,
): EvidenceAnswer => {
  const end = from + limit;
  return {
    ...kept,
    rows: rows.slice(from, end).map(({ positions, ...rest }) => ({
      ...rest,
      statements: positions.map((position) => ({ id: world.idAt(position) ?? null, position })),
    })),
    page: {
      next: end < rows.length ? cursorText({ key, question, from: end }) : null,
      limit,
      total: rows.length,
    },
  };
};
