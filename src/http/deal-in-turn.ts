import type { IncomingMessage } from 'node:http';
import { tooMany } from './admission.ts';
import type { Admissions } from './admissions.ts';

/** In bytes: a list is as much work as a body of so many, most of it in other threads. */
const LIST = 16_384;
const LIST_HERE = 8192;

/** Whether it asks for something, and how many bytes it says that its body has. */
type Coming = { readonly isReading: boolean; readonly expected: number };

export const comingOf = ({ headers }: IncomingMessage, method: string): Coming => ({
  isReading: method === 'GET',
  expected: Number(headers['content-length'] ?? 0),
});

/**
 * Receives what is asked, and deals with it once it is its turn. From the beginning it is counted as one that is here.
 *
 * @throws Rejection `unavailable` when too many are.
 */
export const dealInTurn = async <Asked extends { readonly body: Buffer }, Answer>(
  { reads, writes, turns }: Admissions,
  { isReading, expected }: Coming,
  receive: () => Promise<Asked>,
  deal: (asked: Asked) => Promise<Answer>,
): Promise<Answer> => {
  const gate = isReading ? reads : writes;
  // It may have come in by the other one, or with many others whose credentials took time to check.
  if (gate.room() <= 0) throw tooMany();
  const place = gate.arrive(isReading ? LIST : expected);
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
