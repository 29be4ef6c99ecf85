import { requirementList } from './list-of-requirements.ts';

/** M05: whose requirement holds, but ends within so many days or has ended and is still tolerated; soonest first. */
export const listExpiring = requirementList({
  id: 'list.expiring',
  label: 'Expiring',
  description:
    'Whose requirement holds, but ends within so many days or has ended and is still tolerated; soonest first.',
  states: ['expiring'],
  by:
    ({ until }) =>
    (row) =>
      until[row] as number,
});
