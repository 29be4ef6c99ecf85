import { END, iso } from './calendar.mjs';

/** @typedef {import('./record.mjs').Sent} Sent */

const RESENT_BLOCKS = 14;
const BLOCK = 8;
const DOUBLE_TAPS = 60;
/** What a double tap may double: it changes no state. */
const TAPPED = new Set(['experienced', 'progressed', 'searched', 'bookmarked', 'commented', 'shared']);

const byArrival = (a, b) => a.arrives - b.arrives;
const soon = (chance, { arrives }, most) => Math.min(arrives + chance.between(1500, most), END - 500);

/**
 * What a phone sends again, because the answer got lost: the same statements with the same ids.
 * @param {import('./chance.mjs').Chance} chance
 * @param {readonly Sent[]} sent
 */
const resent = (chance, sent) => {
  const phone = sent.filter(({ source }) => source === 'phone').sort(byArrival);
  return Array.from({ length: RESENT_BLOCKS }, () => chance.whole(0, phone.length - BLOCK)).flatMap((from) =>
    phone.slice(from, from + BLOCK).map((line) => ({ ...line, arrives: soon(chance, line, 600_000) })),
  );
};

/** The same said twice under two ids. */
const doubled = (chance, sent) =>
  chance
    .shuffled(sent.filter(({ statement }) => TAPPED.has(statement.verb.display.en)))
    .slice(0, DOUBLE_TAPS)
    .map((line) => ({
      ...line,
      arrives: soon(chance, line, 4000),
      statement: { ...line.statement, id: chance.uuid() },
    }));

/**
 * Every line as it arrives, with what goes wrong on the way. `stored` ascends over all sources, no two alike, so that
 * they can be stored in this order and it be kept.
 * @param {import('./chance.mjs').Chance} chance
 * @param {readonly Sent[]} sent
 */
export const arrange = (chance, sent) => {
  let last = 0;
  return [...sent, ...resent(chance, sent), ...doubled(chance, sent)]
    .sort(byArrival)
    .map(({ source, arrives, statement }) => {
      last = Math.max(Math.floor(arrives), last + 1);
      return { source, text: JSON.stringify({ ...statement, stored: iso(last) }) };
    });
};
