import { personRows } from './person-rows.ts';

/** One try at one activity (`a`). Columns named like signals hold the fact that decided, plus one; 0 if there was none. */
export const attemptRows = () =>
  personRows({
    registration: 'u32',
    root: 'u32',
    session: 'u32',
    /** From 1. */
    number: 'u32',
    first: 'u32',
    submitted: 'u32',
    /** The last fact with a scaled score, and with a verdict. */
    scored: 'u32',
    judged: 'u32',
    completed: 'u32',
    ended: 'u32',
    /** In the first attempt: the last one's row, plus one. */
    current: 'u32',
  });
