import type { SeenForwards } from '../forwarding/forwards.ts';
import type { Question } from '../metrics/metrics.ts';
import type { Answer } from '../metrics/views.ts';
import type { PeopleRecord } from '../people/record.ts';
import type { BackUp } from '../statements/backup.ts';
import type { Position } from '../statements/statement-query.ts';
import { type ControlKeys, controlKeys } from './control-keys.ts';
import { type ExportRequest, exportText } from './export-text.ts';
import { type ImportBatch, type ImportOutcome, type ImportStores, importBatch } from './import-batch.ts';
import { nameActivities } from './name-activities.ts';
import type { Services } from './services.ts';

/** What the commands of an operator do with a store, whether they hold it or reach it through the running server. */
export type ControlStore = {
  readonly keys: ControlKeys;
  readonly forwards: SeenForwards;
  /** Stores a record about people in the name of the operator; answers the positions of its entries. */
  recordPeople(record: PeopleRecord): Promise<readonly Position[]>;
  /** What metrics answer from all that is stored, activities by their names. The operator may know everything. */
  ask(question: ControlQuestion): Promise<unknown>;
  importBatch(batch: ImportBatch): Promise<ImportOutcome>;
  /** @throws Rejection `parameter-invalid`, at the latest when it is first read. */
  exportText(request: ExportRequest): AsyncIterable<string | Buffer>;
  /** Written by whoever holds the store, so the path has to be absolute. */
  readonly backup: BackUp;
};

export type ControlQuestion =
  | { readonly kind: 'query'; readonly query: unknown }
  | { readonly kind: 'digest' };

const EVERYTHING = { small: true, names: true };
/** In milliseconds: a store that has just been opened has all of its log to be read first. */
const PATIENCE = 3_600_000;

/** Acts on the stores themselves. */
export const controlStore = (
  stores: ImportStores & Pick<ControlStore, 'backup' | 'forwards'> & Pick<Services, 'learning'>,
): ControlStore => ({
  keys: controlKeys(stores.credentials),
  forwards: stores.forwards,
  recordPeople: async (record) =>
    (await stores.people.record(record, 'control')).map(({ position }) => position),
  ask: (question) => askMetrics(stores, { ...question, access: EVERYTHING }),
  importBatch: (batch) => importBatch(stores, batch),
  exportText: (request) => exportText(stores, request),
  backup: stores.backup,
});

const askMetrics = async (
  { learning, statements }: Pick<Services, 'learning' | 'statements'>,
  question: Question,
): Promise<unknown> => {
  const text = await learning.ask(question, { atLeast: statements.head(), patience: PATIENCE });
  const answer: unknown = JSON.parse(text);
  return question.kind === 'query' ? nameActivities(answer as Answer, statements, ['en']) : answer;
};
