import { isDuration } from '../xapi/duration.ts';
import {
  isObject,
  type JsonReader,
  lineOf,
  needed,
  objectOf,
  oneOf,
  optional,
  textOf,
  wholeFrom,
} from '../xapi/json-reader.ts';
import { iri } from './read-course.ts';
import { dayText } from './read-roster-row.ts';
import type { Due, Requirement } from './record.ts';
import type { Rule } from './rule.ts';

/** What requirements, cohorts, metrics and skills are called by. */
export const nameOfThing: JsonReader<string> = lineOf(200);

const duration = textOf(isDuration, 'an ISO 8601 duration such as P1Y, or a number of days');

/** A duration; a whole number is one of days. */
export const period: JsonReader<string> = (value, at, problems) =>
  Number.isInteger(value) && Number(value) > 0 ? `P${value}D` : duration(value, at, problems);

const due: JsonReader<Due> = (value, at, problems) =>
  isObject(value) && Object.hasOwn(value, 'on')
    ? objectOf<{ readonly on: string }>({ on: needed(dayText) })(value, at, problems)
    : objectOf<{ readonly days: number; readonly of: 'hire' | 'assignment' }>({
        days: needed(wholeFrom(0, 36_500)),
        of: needed(oneOf(['hire', 'assignment'])),
      })(value, at, problems);

export const requirementReader = (rule: JsonReader<Rule>): JsonReader<Requirement> =>
  objectOf<Requirement>(
    {
      id: needed(nameOfThing),
      name: optional(lineOf(500)),
      activity: optional(iri),
      skill: optional(nameOfThing),
      appliesTo: optional(rule),
      due: optional(due),
      validFor: optional(period),
      grace: optional(period),
      from: optional(dayText),
      until: optional(dayText),
    },
    ({ activity, skill, from, until }) => {
      if ((activity === undefined) === (skill === undefined))
        return 'A requirement has an activity or a skill, one of the two.';
      return from !== undefined && until !== undefined && until < from
        ? `until (${until}) is before from (${from}).`
        : undefined;
    },
  );
