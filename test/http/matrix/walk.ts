import { type Cell, cellsOf, requestOf } from './cells.ts';
import { describedIn } from './good-requests.ts';
import { judge } from './judge.ts';
import { type KeepAlive, keepAlive } from './keep-alive.ts';
import type { Asking } from './principals.ts';
import { type Standing, withStanding } from './standing.ts';
import { DESCRIBING } from './truth-table.ts';

const AT_ONCE = 8;

/** How a walk went: how many cells it had, and what was wrong. */
type Walked = { readonly cells: number; readonly wrong: readonly string[] };

/** Sends every request that who asks could send: first what is to be refused, which leaves nothing, and then the rest. */
const walk = async (standing: Standing, asking: Asking): Promise<Walked> => {
  const port = Number(new URL(standing.cairn.url).port);
  const lines = Array.from({ length: AT_ONCE }, () => keepAlive(port));
  const cells = cellsOf(asking);
  const refused = cells.filter(({ status }) => status >= 400);
  const done = cells.filter(({ status }) => status < 400);
  const { statements } = standing.cairn.storage;
  const written = () => statements.count({ verb: asking.world.writtenVerb, ascending: true, limit: 1 });
  try {
    const before = await keptBy(standing);
    const wrong = [...(await sendAll(standing, asking, lines, refused))];
    const after = await keptBy(standing);
    if (after !== before) wrong.push(`${asking.name}: what was refused has left ${after} of ${before}`);
    wrong.push(...(await sendAll(standing, asking, lines, done)));
    const [stored, wanted] = [await written(), done.filter(isWriting).length];
    if (stored !== wanted) wrong.push(`${asking.name}: has stored ${stored} in place of ${wanted}`);
    const isDescribed = (await statements.definition(describedIn(asking.world).id)) !== undefined;
    if (isDescribed !== (DESCRIBING[asking.kind][asking.column] === 'y'))
      wrong.push(`${asking.name}: describes ${isDescribed ? 'an' : 'no'} activity`);
    return { cells: cells.length, wrong };
  } finally {
    for (const line of lines) line.close();
  }
};

/** How many entries of every kind there are, and how much is kept beside them. */
const keptBy = async ({ cairn: { storage } }: Standing): Promise<string> => {
  const quarantined = (await storage.quarantine.list(1000)).map(({ id }) => id);
  return JSON.stringify([storage.figures().head, quarantined.length, quarantined.at(-1)]);
};

const isWriting = ({ method, path, what, where }: Cell): boolean =>
  where === 'xapi' && path === 'statements' && /^P(UT|OST)$/.test(method) && !/verb|voiding/.test(what);

const sendAll = async (
  standing: Standing,
  asking: Asking,
  lines: readonly KeepAlive[],
  cells: readonly Cell[],
): Promise<readonly string[]> => {
  const wrong: string[] = [];
  const left = cells.values();
  const worker = async (line: KeepAlive): Promise<void> => {
    for (const cell of left) {
      const sent = await requestOf(standing, asking, cell);
      const got = await line.send(sent);
      const { method, path, what, where, syntax } = cell;
      for (const one of judge(standing, asking, cell, sent, got))
        wrong.push(`${asking.name}: ${method} ${where} ${path} ${what} (${syntax.name}) ${one}`);
    }
  };
  await Promise.all(lines.map(worker));
  return wrong;
};

/** Walks for all of them one after the other. At most so many complaints are told as can be read. */
export const walkAll = async (make: (standing: Standing) => AsyncIterable<Asking>): Promise<Walked> => {
  let cells = 0;
  const wrong: string[] = [];
  await withStanding(async (standing) => {
    for await (const asking of make(standing)) {
      const walked = await walk(standing, asking);
      cells += walked.cells;
      wrong.push(...walked.wrong);
    }
  });
  return { cells, wrong: wrong.slice(0, 40) };
};
