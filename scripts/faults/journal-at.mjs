import { acknowledgeAll, createJournal } from '../crash/journal.mjs';

/**
 * What a client knew at a moment: what had been acknowledged until then, what was under way, and nothing of what it
 * sent later.
 * @param {object} recorded journal, shelves and contested documents, as they became
 * @param {(via: string) => number} lineOf when an answer left
 * @param {number} cut the moment, in the same measure
 */
export const journalAt = ({ journal, shelves, contested }, lineOf, cut) => {
  const known = createJournal();
  const heard = journal.answers.map(({ via }) => lineOf(via));
  /** When the last of the answers left that had been heard by then: the request was sent after that. */
  const latest = [];
  for (const line of heard) latest.push(Math.max(line, latest.at(-1) ?? 0));
  const mayBeSent = (exchange) => (latest[exchange.heard - 1] ?? 0) < cut;
  const isAnswered = ({ answer }) => answer !== undefined && lineOf(answer.via) < cut;
  const possible = journal.exchanges.filter(mayBeSent);

  const through = journal.answers
    .filter(({ told }, at) => typeof told === 'string' && heard[at] < cut)
    .map(({ told }) => told);
  takeStatements(known, journal, possible, isAnswered);
  for (const told of through) known.heard({ headers: { 'x-experience-api-consistent-through': told } });
  return {
    journal: known,
    through: through.sort().at(-1) ?? '',
    shelves: shelves.map((own) => own.map((shelf) => shelfAt(shelf, possible, isAnswered))),
    contested: contestedAt(contested, possible, isAnswered),
  };
};

const takeStatements = (known, journal, possible, isAnswered) => {
  for (const [sha2, body] of journal.files) known.files.set(sha2, body);
  const posts = possible.filter(({ posted }) => posted !== undefined);
  const clones = new Map();
  for (const { posted } of posts) {
    if (!clones.has(posted)) clones.set(posted, { ...posted, fresh: posted.fresh.map(unknown(known)) });
  }
  for (const exchange of posts) {
    const clone = clones.get(exchange.posted);
    if (isAnswered(exchange)) acknowledgeAll(known, clone, exchange.answer);
    else known.pending.add(clone);
  }
};

/** A statement as it was before anything was heard of it. */
const unknown = (known) => (record) => {
  const fresh = {
    ...record,
    id: 'id' in record.value ? record.id : undefined,
    acknowledged: false,
    present: false,
    voided: false,
    text: undefined,
    round: 0,
  };
  known.statements.set(record.nonce, fresh);
  return fresh;
};

const shelfAt = (shelf, possible, isAnswered) => {
  const last = possible.filter((one) => one.shelf === shelf).at(-1);
  if (last === undefined) return { ...shelf, mayBe: [new Map()] };
  return { ...shelf, mayBe: isAnswered(last) ? [last.next] : [last.now, last.next] };
};

const contestedAt = (contested, possible, isAnswered) =>
  new Map(
    [...contested.keys()].map((id) => [
      id,
      possible
        .filter((one) => one.contested === id)
        .map((one) => ({
          ...one.write,
          ended: isAnswered(one) ? one.write.ended : Number.POSITIVE_INFINITY,
        })),
    ]),
  );
