import type { Position } from '../../statements/statement-query.ts';
import { keyHash } from '../key-hash.ts';
import { activityColumns } from './activity-columns.ts';
import { dictionary } from './dictionary.ts';
import { detailColumns, factColumns, textHash } from './fact-columns.ts';
import { keyIndex } from './key-index.ts';

/** Where and when a statement came. */
export type Place = {
  readonly position: Position;
  /** Microseconds since 1970. */
  readonly stored: number;
  /** In lower case. */
  readonly id: string;
};

/** Answers the id, in lower case, of the statement at a position. */
export type IdAt = (position: Position) => string | undefined;

/** Every fact in the order of storing, with the strings that they name and what is known of activities. */
export const factLog = () => {
  const identifiers = dictionary();
  const activities = dictionary();
  const words = dictionary();
  const facts = factColumns();
  /** By identifier, its newest fact plus one. */
  const newest: number[] = [];
  const byId = keyIndex(
    (row, hash) => facts.hash[row] === hash,
    (row) => keyHash(facts.hash[row] as number, 0, 0),
  );
  return {
    identifiers,
    activities,
    words,
    facts,
    details: detailColumns(),
    described: activityColumns(activities, words),
    newestOf: (identifier: number): number => newest[identifier] ?? 0,
    /** Makes a row that stands in the columns findable: by its id, and from its subject. */
    link: (row: number): void => {
      const subject = facts.subject[row] as number;
      facts.earlier[row] = newest[subject] ?? 0;
      newest[subject] = row + 1;
      const isFirst = row === 0 || facts.position[row] !== facts.position[row - 1];
      if (isFirst) byId.add(facts.hash[row] as number, 0, 0, row);
    },
    /** All facts of the statement whose first stands in a row: a statement of a group may be several, one behind the other. */
    together: (row: number): readonly number[] => {
      const rows: number[] = [];
      for (let at = row; at < facts.rows && facts.position[at] === facts.position[row]; at += 1)
        rows.push(at);
      return rows;
    },
    /** The first fact of the statement of an id, or -1. */
    find: (id: string, idAt: IdAt): number => {
      const hash = textHash(id);
      const row = byId.find(hash, 0, 0);
      if (row === -1 || idAt(facts.position[row] as number) === id) return row;
      // Two ids of one hash: once in four thousand million.
      for (let other = 0; other < facts.rows; other += 1) {
        if (facts.hash[other] === hash && idAt(facts.position[other] as number) === id) return other;
      }
      return -1;
    },
  };
};

export type FactLog = ReturnType<typeof factLog>;
