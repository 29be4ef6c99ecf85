import { reject } from '../../xapi/rejection.ts';

/** In milliseconds: nobody else is answered meanwhile. */
const MOST_TIME = 5000;

let end = Number.POSITIVE_INFINITY;

/** Told that work on a question begins, or goes on after others have had their turn. */
export const beginWork = (): void => {
  end = performance.now() + MOST_TIME;
};

/** @throws Rejection `body-invalid` when the work at hand has taken longer than others can wait. */
export const refuseTooLong = (): void => {
  if (performance.now() <= end) return;
  throw reject(
    'body-invalid',
    '',
    'This takes longer than others can wait. Ask for fewer metrics or groups, or narrow it down with filters.',
  );
};
