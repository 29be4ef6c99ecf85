import { requirementList } from './list-of-requirements.ts';

/** M05: who has not met a requirement by its due date, or holds it no longer; longest overdue first. */
export const listOverdue = requirementList({
  id: 'list.overdue',
  label: 'Overdue',
  description: 'Who has not met a requirement by its due date, or holds it no longer; longest overdue first.',
  states: ['overdue', 'expired'],
  by:
    ({ met, due, tolerated }) =>
    (row) =>
      (Number.isNaN(met[row]) ? due[row] : tolerated[row]) as number,
});
