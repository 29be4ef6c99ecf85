import type { Requirement } from '../../people/record.ts';
import { dueOf } from '../../people/requirements-in-force.ts';
import type { Scope } from '../query/scope.ts';
import { enrolmentDates } from './enrolment-dates.ts';
import type { Moment } from './grain.ts';

/**
 * When an enrolment is due: as a statement says, else its course, else the first requirement for it that the person was
 * under when it was due. A requirement is about a person's first enrolment: what it asks later is to hold it.
 */
export const enrolmentDue = (scope: Scope): Moment => {
  const { world } = scope;
  const { table } = world.enrolments;
  const dates = enrolmentDates(scope);
  const byCourse = requirementsByCourse(scope);
  const askedBy = (row: number): number => {
    const some = byCourse.get(table.a[row] as number);
    if (some === undefined || !isFirst(row)) return Number.NaN;
    const person = world.log.identifiers.text(table.person[row] as number);
    const dues = some.map((one) => dueBy(scope, one, person, dates.assigned(row)));
    const first = Math.min(...dues.filter((due) => !Number.isNaN(due)));
    return first === Number.POSITIVE_INFINITY ? Number.NaN : first;
  };
  const isFirst = (row: number): boolean => {
    let is = true;
    world.enrolments.forEach(table.person[row] as number, (other) => {
      if (table.a[other] === table.a[row] && dates.begin(other) < dates.begin(row)) is = false;
    });
    return is;
  };
  return (row) => {
    const told = dates.due(row);
    return Number.isNaN(told) ? askedBy(row) : told;
  };
};

const requirementsByCourse = ({ world }: Scope): ReadonlyMap<number, readonly Requirement[]> => {
  const found = new Map<number, Requirement[]>();
  for (const one of world.scopes.requirements()) {
    const activity = world.log.activities.known(one.activity ?? '') ?? 0;
    if (one.due === undefined || activity === 0) continue;
    const course = world.courses.courseOf(activity)?.activity ?? activity;
    found.set(course, [...(found.get(course) ?? []), one]);
  }
  return found;
};

/** When a requirement was due for a person, of the first time in which it applied until then; NaN if there is none. */
const dueBy = ({ world }: Scope, requirement: Requirement, person: string, assigned: number): number => {
  for (const { since, before } of world.people.requirements.spansOf(requirement, person)) {
    const begun = Number.isNaN(assigned) ? undefined : Math.max(assigned, since ?? assigned);
    const due = dueOf(requirement, since, begun);
    if (due !== undefined && due < before) return due;
  }
  return Number.NaN;
};
