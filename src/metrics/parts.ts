import type { Position } from '../statements/statement-query.ts';
import type { Description } from './state/activity-columns.ts';
import type { DescriptionChanges } from './state/description-changes.ts';
import type { DetailColumns, FactColumns } from './state/fact-columns.ts';
import { FACT } from './state/fact-columns.ts';
import type { Void } from './state/voids.ts';
import type { World } from './state/world.ts';

/**
 * A piece of what metrics keep: everything that came between two positions. All pieces, one behind the other, make the
 * whole; state is not in them, since it is folded of them.
 */
export type Part = {
  /** The format of this shape, and of what the facts mean. */
  readonly version: number;
  /** The last position that is in what stands before it, 0 for the first; and the last that is in it. */
  readonly from: Position;
  readonly upto: Position;
  /** What stood before the built-in table of signals when its facts were read. */
  readonly signals: object;
  readonly facts: ReturnType<FactColumns['slice']>;
  readonly details: ReturnType<DetailColumns['slice']>;
  readonly identifiers: readonly string[];
  readonly activities: readonly string[];
  readonly words: readonly string[];
  readonly descriptions: readonly Description[];
  readonly described: ReturnType<DescriptionChanges['slice']>;
  readonly voids: readonly Void[];
  /** Where records of people stand in the log. */
  readonly records: readonly Position[];
};

/** Raised whenever what is read from a statement changes: what was kept is then made anew. */
export const PART_VERSION = 6;

/** How far a world has been cut into parts. */
export const partCutter = (world: World, signals: object) => {
  const { log } = world;
  const marks = {
    upto: 0,
    facts: 0,
    details: 0,
    identifiers: 1,
    activities: 1,
    words: 1,
    voids: 0,
    records: 0,
    described: 0,
  };
  const mark = (): void => {
    marks.upto = world.upto();
    marks.facts = log.facts.rows;
    marks.details = log.details.rows;
    marks.identifiers = log.identifiers.size();
    marks.activities = log.activities.size();
    marks.words = log.words.size();
    marks.voids = world.voids.all.length;
    marks.records = world.records.length;
    marks.described = log.described.changes.rows;
    log.described.news();
  };
  return {
    /** Told that everything that is there has been kept. */
    mark,
    /** How many facts there are that no part has. */
    waiting: (): number => log.facts.rows - marks.facts,
    /** How many entries of the log have come since then. */
    behind: (): number => world.upto() - marks.upto,
    /** All that no part has yet. */
    cut: (): Part => {
      const part = {
        version: PART_VERSION,
        from: marks.upto,
        upto: world.upto(),
        signals,
        facts: log.facts.slice(marks.facts),
        details: log.details.slice(marks.details),
        identifiers: log.identifiers.since(marks.identifiers),
        activities: log.activities.since(marks.activities),
        words: log.words.since(marks.words),
        descriptions: log.described.news(),
        described: log.described.changes.slice(marks.described),
        voids: world.voids.all.slice(marks.voids),
        records: world.records.slice(marks.records),
      };
      mark();
      return part;
    },
  };
};

/** Puts a part behind what is there; voids and records are taken in once all parts are. */
export const appendPart = ({ log }: World, part: Part): void => {
  for (const name of ['identifiers', 'activities', 'words'] as const)
    for (const text of part[name]) log[name].number(text);
  const first = log.facts.rows;
  log.facts.append(part.facts);
  log.details.append(part.details);
  for (let row = first; row < log.facts.rows; row += 1) {
    log.facts.flags[row] = (log.facts.flags[row] as number) & ~FACT.voided;
    log.link(row);
  }
  for (const description of part.descriptions) log.described.take(description);
  log.described.changes.append(part.described);
};
