import { answerQuestion } from '../../src/metrics/answer-question.ts';
import { type FollowedEntry, follower } from '../../src/metrics/follower.ts';
import type { Access } from '../../src/metrics/metrics.ts';
import type { Answer, Cell } from '../../src/metrics/views.ts';
import { personId } from '../../src/people/persons.ts';
import type { PeopleRecord } from '../../src/people/record.ts';
import { agentTerm } from '../../src/statements/terms.ts';
import type { Identifier } from '../../src/xapi/statement.ts';
import { epochMicros } from '../../src/xapi/timestamp.ts';
import { ADL, type Part } from './facts-of.ts';

const COURSE_TYPE = 'http://adlnet.gov/expapi/activities/course';
const ALL: Access = { small: true, names: true };

export const who = (name: string): Identifier => ({ account: { homePage: 'https://hr.example', name } });
export const idOf = (name: string): string => personId(agentTerm(who(name)) as string);
export const course = (name: string): string => `https://lms.example/${name}`;

/** A statement of somebody about a course; `verb` of ADL unless it is an IRI, `when` a day or a timestamp. */
export const stated = (
  name: string,
  verb: string,
  object: string,
  when: string,
  change: Part = {},
): Part => ({
  actor: who(name),
  verb: { id: verb.includes(':') ? verb : ADL + verb },
  object: { id: course(object), definition: { type: COURSE_TYPE } },
  timestamp: when.length === 10 ? `${when}T12:00:00Z` : when,
  ...change,
});

type Entry = Part | (PeopleRecord & { readonly stored?: string });

const uuid = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

/** A world that has been fed statements and records, in the order given; records are stored when `stored` says. */
export const fed = (entries: readonly Entry[]) => {
  const log: FollowedEntry[] = [];
  const { world, take } = follower((position) => log[position - 1]);
  const add = (entry: Entry): void => {
    const { stored = '2026-12-31T00:00:00Z', ...rest } = entry as Part & { stored?: string };
    const isRecord = 'record' in rest;
    const position = log.length + 1;
    const text = isRecord ? { ...rest, by: 'test' } : { id: uuid(position), ...rest };
    const kind = isRecord ? 'record' : 'statement';
    const followed = {
      position,
      stored: epochMicros(stored),
      text: JSON.stringify(text),
      voidsOnlyOwn: false,
    };
    log.push({ ...followed, kind });
    take({ ...followed, kind });
  };
  for (const entry of entries) add(entry);
  const outcome = (query: Part, access: Access = ALL) =>
    answerQuestion({ kind: 'query', query, access }, world, Date.parse('2027-01-01T00:00:00Z'));
  const ask = (query: Part, access?: Access): Answer => {
    const found = outcome(query, access);
    if ('rejected' in found) throw new Error(JSON.stringify(found.rejected.problems));
    return JSON.parse(found.json);
  };
  return {
    world,
    /** Feeds it one more. */
    add,
    ask,
    /** Why a question is turned away. */
    problems: (query: Part) => {
      const found = outcome(query);
      return 'rejected' in found ? found.rejected.problems : [];
    },
    /** The one cell of a question without dimensions. */
    cell: (metric: string, params: Part = {}, rest: Part = {}, access?: Access) =>
      ask({ metrics: [{ id: metric, params }], ...rest }, access).totals?.[0] as Cell & Part,
    /** The value of each group. */
    values: (metric: string, dimension: string, rest: Part = {}, params: Part = {}) =>
      Object.fromEntries(
        ask({ metrics: [{ id: metric, params }], dimensions: [dimension], ...rest }).rows.map(
          ([group, cell]) => [
            typeof group === 'object' && group !== null && 'id' in group ? group.id : String(group),
            (cell as Cell).value,
          ],
        ),
      ),
  };
};

export const roster = (
  name: string,
  rest: Omit<Extract<PeopleRecord, { record: 'roster' }>['rows'][number], 'identifier'> = {},
): PeopleRecord => ({ record: 'roster', rows: [{ identifier: who(name), ...rest }] });
