import type { Admission } from './admission.ts';

/** Does something with so many bytes once it is its turn. @throws Rejection `unavailable` when too many wait. */
export const withinTurn = async <Result>(
  admission: Admission,
  bytes: number,
  act: () => Promise<Result>,
): Promise<Result> => {
  const waiting = admission.enter(bytes);
  if (waiting !== undefined) await waiting;
  try {
    return await act();
  } finally {
    admission.leave(bytes);
  }
};
