import type { Agent } from '../../http/start-cairn.ts';
import { type Plain, timeOf } from './plain.ts';
import type { Row } from './recount-row.ts';

const API = '/api/v1';
export type Cell = Readonly<Record<string, unknown>>;
type Told = Omit<Row, 'statements'> & { readonly statements: readonly { readonly id: string }[] };

/** The rows of an answer: what its dimensions say, and the cell. */
export const ask = async (agent: Agent, query: object) => {
  const { body } = await agent.post(`${API}/query`).send(query).expect(200);
  return {
    rows: (body.rows as readonly unknown[][]).map((row) => ({
      values: row.slice(0, -1),
      cell: row.at(-1) as Cell,
    })),
    total: body.totals[0] as Cell,
  };
};

type Page = { rows: Told[]; cell: Cell; page: { next: string | null } };

/** All that stands behind a cell, with its statements as `fetch` gets them. */
export const evidenceOf = async (
  agent: Agent,
  query: object,
  row: readonly unknown[] | undefined,
  fetch: (ids: readonly string[]) => Promise<ReadonlyMap<string, Plain>>,
): Promise<{ readonly cell: Cell; readonly rows: readonly Row[] }> => {
  const told: Told[] = [];
  let cursor: string | null = null;
  let cell: Cell = {};
  do {
    const wish: object = { query, limit: 200, cursor, ...(row === undefined ? {} : { row }) };
    const { body }: { body: Page } = await agent.post(`${API}/evidence`).send(wish).expect(200);
    told.push(...body.rows);
    cell = body.cell;
    cursor = body.page.next;
  } while (cursor !== null);
  const known = await fetch([...new Set(told.flatMap(({ statements }) => statements.map(({ id }) => id)))]);
  const rows = told.map(({ statements, ...rest }) => ({
    ...rest,
    statements: statements.map(({ id }) => known.get(id) as Plain).sort((a, b) => timeOf(a) - timeOf(b)),
  }));
  return { cell, rows };
};

/** Asks for each statement that is not known yet as the standard has it, voided or not. */
export const oneByOne = (agent: Agent) => {
  const known = new Map<string, Plain>();
  return async (ids: readonly string[]): Promise<ReadonlyMap<string, Plain>> => {
    for (const id of ids) if (!known.has(id)) known.set(id, await statementOf(agent, id));
    return known;
  };
};

const statementOf = async (agent: Agent, id: string): Promise<Plain> => {
  const found = await agent.get(`/xapi/statements?statementId=${id}`);
  if (found.status === 200) return found.body as Plain;
  return (await agent.get(`/xapi/statements?voidedStatementId=${id}`).expect(200)).body as Plain;
};

/** Asks for many at once. */
export const manyAtOnce = (agent: Agent) => {
  const known = new Map<string, Plain>();
  return async (ids: readonly string[]): Promise<ReadonlyMap<string, Plain>> => {
    const wanted = ids.filter((id) => !known.has(id));
    for (let at = 0; at < wanted.length; at += 200) {
      const { body } = await agent
        .get(`${API}/statements?ids=${wanted.slice(at, at + 200).join(',')}`)
        .expect(200);
      for (const one of body.statements as readonly Plain[]) known.set(one.id, one);
    }
    return known;
  };
};
