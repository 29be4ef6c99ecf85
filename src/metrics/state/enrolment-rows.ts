import { personRows } from './person-rows.ts';

/**
 * One person in one course, or in one activity that belongs to none (`a`), in one cycle of it (`b`, the registration).
 * Columns named like signals hold the fact that decided, plus one; 0 if there was none.
 */
export const enrolmentRows = () =>
  personRows({
    /** How many facts belong to it; 0 for a row that is empty. */
    facts: 'u32',
    first: 'u32',
    /** The first that is more than something done in passing: without one it is no enrolment. */
    enrols: 'u32',
    assigned: 'u32',
    registered: 'u32',
    launched: 'u32',
    started: 'u32',
    completed: 'u32',
    passed: 'u32',
    failed: 'u32',
    waived: 'u32',
    withdrawn: 'u32',
    attended: 'u32',
    missed: 'u32',
    /** What has taken a completion or a certificate back. */
    reversed: 'u32',
    /** The last fact with a date by which it is due, with a date until which it holds, with a grade. */
    due: 'u32',
    valid: 'u32',
    graded: 'u32',
    /** The first that says passed with a score below what its unit of the course asks for. */
    below: 'u32',
    /** The last that the learner did. */
    active: 'u32',
    /** How often it was failed. */
    failures: 'u32',
    /** Milliseconds told by ends of sessions, and by everything else. */
    sessions: 'f64',
    others: 'f64',
    /** The last fact that took away or wrote over what another said of the outcome. */
    rewritten: 'u32',
    /** The row of the cycle that facts without a registration belong to, plus one; in the row without one. */
    current: 'u32',
  });

export type EnrolmentRows = ReturnType<typeof enrolmentRows>;
