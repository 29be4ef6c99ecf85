import { createHash } from 'node:crypto';
import { Rejection } from '../xapi/rejection.ts';
import { CATALOGUE } from './catalogue.ts';
import type { Access, Outcome, Question } from './metrics.ts';
import type { Query } from './query/query.ts';
import { readQuery } from './query/read-query.ts';
import { runQuery, type Table } from './query/run-query.ts';
import type { Scope } from './query/scope.ts';
import { suppress } from './query/suppress.ts';
import { withTargets } from './query/targets.ts';
import { zoneOf } from './query/zone.ts';
import { stateDigest } from './state/state-digest.ts';
import type { World } from './state/world.ts';
import type { Answer, Meta } from './views.ts';

/** Answers from a world; `now` in milliseconds since 1970. */
export const answerQuestion = (question: Question, world: World, now: number): Outcome => {
  try {
    world.settle();
    return { json: JSON.stringify(answer(question, world, now), rounded) };
  } catch (error) {
    if (!(error instanceof Rejection)) throw error;
    return { rejected: { reason: error.reason, problems: error.problems } };
  }
};

const answer = (question: Question, world: World, now: number): unknown => {
  switch (question.kind) {
    case 'query':
      return answerQuery(question.query, question.access, world, now);
    case 'digest':
      return { digest: stateDigest(world) };
    default:
      throw new Error(`Nobody answers ${question.kind}.`);
  }
};

const answerQuery = (asked: unknown, access: Access, world: World, now: number): Answer => {
  const began = performance.now();
  const query = readQuery(asked, CATALOGUE);
  const scope = scopeOf(query, access, world, now);
  const table = withTargets(suppress(runQuery(query, scope), access), query, world.people.targets.values());
  const rows = table.rows.slice(0, query.limit);
  return {
    columns: table.columns,
    rows: rows.map(({ values, cells }) => [...values, ...cells]) as Answer['rows'],
    ...(table.totals === undefined ? {} : { totals: table.totals }),
    page: { next: null, limit: query.limit },
    meta: metaOf(asked, query, scope, table, began),
  };
};

const scopeOf = (query: Query, access: Access, world: World, now: number): Scope => ({
  world,
  asOf: query.asOf ?? now,
  completeThrough: now,
  zone: zoneOf(query.timezone),
  access,
});

const metaOf = (asked: unknown, query: Query, scope: Scope, _table: Table, began: number): Meta => ({
  asOf: new Date(scope.asOf).toISOString(),
  seq: scope.world.upto(),
  consistentThrough: null,
  completeThrough: new Date(scope.completeThrough).toISOString(),
  exact: true,
  timezone: query.timezone,
  queryHash: `sha256:${createHash('sha256').update(JSON.stringify(asked)).digest('base64url')}`,
  warnings: [],
  elapsedMs: Math.round((performance.now() - began) * 1000) / 1000,
});

/** Sums depend on the order of rows in their last bits, which nobody is told. */
const rounded = (_name: string, value: unknown): unknown =>
  typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(12)) : value;
