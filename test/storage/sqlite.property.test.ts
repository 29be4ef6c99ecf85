import { resolve } from 'node:path';
import fc from 'fast-check';
import { openStorage, rebuildStorage } from '../../src/storage/open-storage.ts';
import type { Storage, StorageOptions } from '../../src/storage/storage.ts';
import {
  ACTIVITY_IDS,
  AGENTS,
  type ArbitraryQuery,
  batches,
  numbered,
  numberings,
  queries,
  singleQueries,
  VOIDED,
} from './arbitrary-statements.ts';
import { type NaiveStatements, naiveStatements } from './naive-statements.ts';
import { account, batchOf, found, HOME, parsed } from './sample-statements.ts';
import { copyOf, type OpenedFolder, openFolder } from './sqlite-folder.ts';

type Batch = ReturnType<typeof numbered>;

const documents = fc.record({
  registration: fc.constantFrom({}, { registration: '00000000-0000-4000-8000-0000000000a1' }),
  id: fc.constantFrom('x', 'y'),
  content: fc.option(fc.constantFrom('', '1', '2'), { nil: undefined }),
});
type Document = typeof documents extends fc.Arbitrary<infer Value> ? Value : never;

const steps = fc.oneof(
  { weight: 8, arbitrary: fc.record({ append: fc.array(batches, { minLength: 1, maxLength: 3 }) }) },
  { weight: 2, arbitrary: fc.record({ change: fc.array(documents, { minLength: 1, maxLength: 3 }) }) },
  { weight: 2, arbitrary: fc.record({ act: fc.constantFrom('reopen', 'crash', 'flush') }) },
);
type Step = typeof steps extends fc.Arbitrary<infer Value> ? Value : never;

type World = {
  readonly opened: OpenedFolder;
  readonly model: NaiveStatements;
  readonly states: Map<string, string>;
  readonly unused: number[];
  readonly used: Map<number, object>;
};

/** Two statements of one id are the same but for what is said about activities (these have no other freedom). */
const essence = (statement: object): string =>
  JSON.stringify(statement, (key, value) => {
    if (key === 'definition') return undefined;
    if (key === 'member') return (value as object[]).map((one) => JSON.stringify(one)).sort();
    // A lone activity is stored as a list of one.
    return key === 'parent' && !Array.isArray(value) ? [value] : value;
  });

/** V-4: whether it would void what another credential stored. */
const voidsOther = (model: NaiveStatements, statement: object, by: string): boolean => {
  const { verb, object } = statement as { verb: { id: string }; object: { objectType?: string; id: string } };
  if (verb.id !== VOIDED.id || object.objectType !== 'StatementRef') return false;
  const target = model.find(object.id);
  return target !== undefined && target.by !== by;
};

/** Why a batch is to be refused as things stand, and how many of its statements are to be named. */
const refusalOf = (model: NaiveStatements, { statements, by, voidsOnlyOwn }: Batch) => {
  const conflicts = statements.filter((one) => {
    const known = model.find(one.id);
    return known !== undefined && essence(known.statement) !== essence(one);
  });
  if (conflicts.length > 0) return { reason: 'statement-conflict', count: conflicts.length };
  const foreign = statements.filter(
    (one) => voidsOnlyOwn && model.find(one.id) === undefined && voidsOther(model, one, by),
  );
  return foreign.length > 0 ? { reason: 'forbidden', count: foreign.length } : undefined;
};

/** Requests that come at once are settled one after the other; a conflict refuses all of its request. */
const append = async ({ opened, model }: World, sent: readonly Batch[]): Promise<void> => {
  const { statements } = opened.storage;
  const rules = { family: '2.0.0' } as const;
  const outcomes = await Promise.allSettled(
    sent.map(({ statements: each, ...rest }) => statements.append(batchOf(each, { rules, ...rest }))),
  );
  for (const [index, batch] of sent.entries()) {
    const { statements: each, by, mayDefine, voidsOnlyOwn } = batch;
    const outcome = outcomes[index];
    const refusal = refusalOf(model, batch);
    if (refusal !== undefined) {
      expect(outcome).toMatchObject({ status: 'rejected', reason: { reason: refusal.reason } });
      expect(outcome?.status === 'rejected' && outcome.reason.problems).toHaveLength(refusal.count);
      continue;
    }
    const isKnown = ({ id }: { id: string }) => model.find(id) !== undefined;
    expect(outcome).toEqual({ status: 'fulfilled', value: each.map(({ id }) => id) });
    for (const one of each.filter((candidate) => !isKnown(candidate))) {
      const stored = (await statements.find(one.id))?.stored ?? Number.NaN;
      model.add({ id: one.id, statement: one as never, by, mayDefine, voidsOnlyOwn, stored });
    }
  }
};

const change = async ({ opened, states }: World, writes: readonly Document[]): Promise<void> => {
  const scope = { resource: 'state', activity: 'https://example.org/a', agent: 'ada' } as const;
  await Promise.all(
    writes.map(({ registration, id, content }) =>
      opened.storage.documents.change({ ...scope, ...registration, id }, () =>
        content === undefined ? undefined : { contentType: 'text/plain', content: Buffer.from(content) },
      ),
    ),
  );
  for (const { registration, id, content } of writes) {
    const key = JSON.stringify({ ...scope, ...registration, id });
    if (content === undefined) states.delete(key);
    else states.set(key, content);
  }
  const kept: [string, string][] = [];
  for await (const { key, document } of opened.storage.documents.all()) {
    kept.push([JSON.stringify(key), document.content.toString()]);
  }
  expect(new Map(kept)).toEqual(states);
};

const take = async (world: World, step: Step): Promise<void> => {
  if ('append' in step) {
    await append(
      world,
      step.append.map((batch) => numbered(batch, world.unused, world.used)),
    );
  } else if ('change' in step) await change(world, step.change);
  else if (step.act === 'flush') await digestIsThatOfARebuild(world.opened);
  else await world.opened[step.act]();
};

const numberOf = (id: string): number => Number.parseInt(id.slice(24), 16);

/** The moment of the so-and-so-many-th statement, and just beside it. */
const withMoments = ({ all }: NaiveStatements, query: ArbitraryQuery): ArbitraryQuery => {
  const momentOf = (n: number) => (all[n]?.stored ?? (all.at(-1)?.stored ?? 0) + 1) - (n % 3 === 2 ? 1 : 0);
  return {
    ...query,
    ...(query.since === undefined ? {} : { since: momentOf(query.since) }),
    ...(query.until === undefined ? {} : { until: momentOf(query.until) }),
  };
};

const answersAsTheModel = async (
  storage: Storage,
  model: NaiveStatements,
  asked: readonly ArbitraryQuery[],
): Promise<void> => {
  const after = await storage.statements.after(0, 1000);
  const told = (voided: boolean, id: unknown, stored: number) => `${id} ${stored} ${voided}`;
  expect(after.map((one) => told(one.voided, parsed(one).id, one.stored))).toEqual(
    model.all.map((one) => told(model.isVoided(one), one.id, one.stored)),
  );
  for (const query of [...singleQueries, ...asked.map((one) => withMoments(model, one))]) {
    const expected = model.matching(query).map(({ id }) => numberOf(id));
    const answered = await found(storage, query);
    if (String(answered) !== String(expected))
      expect({ query, answered }).toEqual({ query, answered: expected });
  }
  for (const id of ACTIVITY_IDS)
    expect(await storage.statements.definition(id)).toEqual(model.definition(id));
  for (const agent of [...AGENTS, account('team')]) {
    expect(await storage.statements.names(agent)).toEqual(model.names(agent));
  }
};

const digestOf = async (opening: Promise<Storage>): Promise<string> => {
  const storage = await opening;
  const digest = await storage.indexDigest();
  await storage.close();
  return digest;
};

const rebuilt = ({ folder }: OpenedFolder): Promise<string> =>
  digestOf(rebuildStorage(`sqlite:${copyOf(folder)}`));

/** Of what has been flushed so far and is brought up to the head; this leaves the live one unflushed. */
const imageIsThatOfARebuild = async (opened: OpenedFolder): Promise<void> =>
  expect(await digestOf(openStorage(`sqlite:${copyOf(opened.folder)}`))).toBe(await rebuilt(opened));

const digestIsThatOfARebuild = async (opened: OpenedFolder): Promise<void> =>
  expect(await opened.storage.indexDigest()).toBe(await rebuilt(opened));

describe('the embedded store', () => {
  it('answers as a naive model does, and its index is that of a rebuild, after every step', async () => {
    const sequences = fc.array(steps, { minLength: 4, maxLength: 10, size: 'max' });
    const asked = fc.array(queries, { minLength: 30, maxLength: 30 });
    const options = fc.record({
      tuning: fc.record({
        flushEvery: fc.constantFrom(1, 2, 5, 8192),
        largeGroup: fc.constantFrom(1, 3),
        manyEntries: fc.constantFrom(1, 101),
      }),
      threads: fc.constantFrom(undefined, undefined, resolve('dist')),
    });
    await fc.assert(
      fc.asyncProperty(
        sequences,
        numberings,
        asked,
        options,
        async (sequence, numbers, questions, opening) => {
          const opened = await openFolder(
            opening.threads === undefined ? { tuning: opening.tuning } : (opening as StorageOptions),
          );
          const world: World = {
            opened,
            model: naiveStatements(HOME),
            states: new Map(),
            unused: [...numbers],
            used: new Map(),
          };
          try {
            for (const step of sequence) {
              await take(world, step);
              await answersAsTheModel(opened.storage, world.model, questions);
              await imageIsThatOfARebuild(opened);
            }
            await digestIsThatOfARebuild(opened);
          } finally {
            await opened.close();
          }
        },
      ),
      { numRuns: 20 },
    );
  }, 60_000);
});
