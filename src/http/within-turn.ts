import type { Admission } from './admission.ts';

/** Does something once it is its turn. @throws Rejection `unavailable` when too many wait. */
export const withinTurn = async <Result>(
  admission: Admission,
  act: () => Promise<Result>,
): Promise<Result> => {
  const waiting = admission.enter();
  if (waiting !== undefined) await waiting;
  try {
    return await act();
  } finally {
    admission.leave();
  }
};
