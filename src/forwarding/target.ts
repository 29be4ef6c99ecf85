import type { StatementQuery } from '../statements/statement-query.ts';
import type { Family } from '../xapi/statement.ts';

/** Another LRS to which statements are sent on. */
export type Target = {
  /** By which it is known for all time: another name is another target. */
  readonly name: string;
  /** Without a slash at the end. */
  readonly endpoint: string;
  readonly version: Family;
  readonly key: string;
  readonly secret: string;
  readonly filter: ForwardFilter;
  /** Where a target begins that has not been seen before: with what is stored from now on, or with the first statement. */
  readonly from: 'now' | 'start';
  readonly allowPrivate: boolean;
  /** How many statements go in one request at most. */
  readonly batch: number;
};

/** What a statement has to say itself. */
export type ForwardFilter = Pick<
  StatementQuery,
  'agent' | 'verb' | 'activity' | 'registration' | 'relatedAgents' | 'relatedActivities'
>;
