import type { SeenForwards } from '../forwarding/forwards.ts';
import type { PeopleRecord } from '../people/record.ts';
import type { BackUp } from '../statements/backup.ts';
import type { Position } from '../statements/statement-query.ts';
import { type ControlKeys, controlKeys } from './control-keys.ts';
import { type ExportRequest, exportText } from './export-text.ts';
import { type ImportBatch, type ImportOutcome, type ImportStores, importBatch } from './import-batch.ts';

/** What the commands of an operator do with a store, whether they hold it or reach it through the running server. */
export type ControlStore = {
  readonly keys: ControlKeys;
  readonly forwards: SeenForwards;
  /** Stores a record about people in the name of the operator; answers the positions of its entries. */
  recordPeople(record: PeopleRecord): Promise<readonly Position[]>;
  importBatch(batch: ImportBatch): Promise<ImportOutcome>;
  /** @throws Rejection `parameter-invalid`, at the latest when it is first read. */
  exportText(request: ExportRequest): AsyncIterable<string | Buffer>;
  /** Written by whoever holds the store, so the path has to be absolute. */
  readonly backup: BackUp;
};

/** Acts on the stores themselves. */
export const controlStore = (
  stores: ImportStores & Pick<ControlStore, 'backup' | 'forwards'>,
): ControlStore => ({
  keys: controlKeys(stores.credentials),
  forwards: stores.forwards,
  recordPeople: async (record) =>
    (await stores.people.record(record, 'control')).map(({ position }) => position),
  importBatch: (batch) => importBatch(stores, batch),
  exportText: (request) => exportText(stores, request),
  backup: stores.backup,
});
