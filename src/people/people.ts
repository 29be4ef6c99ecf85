import { hash } from 'node:crypto';
import { formatMicros } from '../xapi/timestamp.ts';
import { type PeopleFold, peopleFold } from './people-fold.ts';
import { type PeopleRecord, recordOf, recordTexts, type SignedRecord } from './record.ts';
import type { RecordStore, StoredRecord } from './record-store.ts';

/** What is known about people beside statements, and how it is added to. */
export type People = {
  /** What all records say that were stored before it was asked for; the same object every time. */
  now(): Promise<PeopleFold>;
  /** Stores a record in the name of somebody; durable before it answers. A large roster takes several entries. */
  record(record: PeopleRecord, by: string): Promise<readonly StoredRecord[]>;
  /** Stores a record of another log, as it was recorded there, unless it is here already. */
  carryOver(record: SignedRecord): Promise<'stored' | 'known'>;
  /** All records, oldest first, as another log may carry them over. */
  all(): AsyncIterable<SignedRecord>;
};

/** So many are read at once. */
const PAGE = 500;

export const people = (store: RecordStore): People => {
  const fold = peopleFold();
  /** Digests of what records say, without their places in a log. */
  const known = new Set<string>();
  let last: Promise<unknown> = Promise.resolve();

  const inTurn = <Result>(act: () => Promise<Result>): Promise<Result> => {
    const done = last.then(act);
    last = done.catch(() => undefined);
    return done;
  };

  const catchUp = async (): Promise<PeopleFold> => {
    for (;;) {
      const page = await store.after(fold.upTo(), PAGE);
      for (const one of page) {
        fold.apply(one);
        known.add(digestOf(carried(one)));
      }
      if (page.length === 0) return fold;
    }
  };

  return {
    now: () => inTurn(catchUp),
    record: (record, by) => store.append(recordTexts(record, by)),
    carryOver: (record) =>
      inTurn(async () => {
        await catchUp();
        const whole = carriedAs(record);
        if (known.has(digestOf(whole))) return 'known';
        await store.append([JSON.stringify(whole)]);
        return 'stored';
      }),
    all: async function* all() {
      let position = 0;
      for (;;) {
        const page = await store.after(position, PAGE);
        yield* page.map(carried);
        const end = page.at(-1);
        if (end === undefined) return;
        position = end.position;
      }
    },
  };
};

const digestOf = (record: SignedRecord): string => hash('sha256', JSON.stringify(record), 'base64');

const carried = ({ stored, text }: StoredRecord): SignedRecord => {
  const record = recordOf(text);
  return carriedAs(record.at === undefined ? { ...record, at: formatMicros(stored) } : record);
};

/** One text for one record: who said it and when come last. */
const carriedAs = ({ by, at, ...record }: SignedRecord): SignedRecord =>
  ({ ...record, by, ...(at === undefined ? {} : { at }) }) as SignedRecord;
