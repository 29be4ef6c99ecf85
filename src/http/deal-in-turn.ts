import type { Admissions } from './admissions.ts';

/** In bytes: a list is as much work as a body of so many, most of it in other threads. */
const LIST = 16_384;
const LIST_HERE = 8192;

/**
 * Receives what is asked, and deals with it once it is its turn. From the beginning it is counted as one that is here.
 */
export const dealInTurn = async <Asked extends { readonly body: Buffer }, Answer>(
  { reads, writes, turns }: Admissions,
  isReading: boolean,
  receive: () => Promise<Asked>,
  deal: (asked: Asked) => Promise<Answer>,
): Promise<Answer> => {
  const place = (isReading ? reads : writes).arrive();
  const { take } = isReading ? turns.reads : turns.writes;
  try {
    const asked = await receive();
    const bytes = isReading ? LIST : asked.body.length;
    const before = place.enter(bytes);
    if (before !== undefined) await before;
    const turn = take(isReading ? LIST_HERE : bytes);
    if (turn !== undefined) await turn;
    return await deal(asked);
  } finally {
    place.leave();
  }
};
