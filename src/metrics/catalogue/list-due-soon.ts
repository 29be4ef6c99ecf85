import { requirementList } from './list-of-requirements.ts';

/** M05: who has not met a requirement yet that is due within so many days; soonest first. */
export const listDueSoon = requirementList({
  id: 'list.due_soon',
  label: 'Due soon',
  description: 'Who has not met a requirement yet that is due within so many days; soonest first.',
  states: ['due'],
  by:
    ({ due }) =>
    (row) =>
      due[row] as number,
});
