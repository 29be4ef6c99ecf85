/**
 * @typedef {import('./statements.mjs').StatementRecord & {
 *   through?: string, acknowledged: boolean, never: boolean, present: boolean, voided: boolean, text?: string, round: number
 * }} Journalled
 *
 * `through`: the latest Consistent-Through that was heard before it was first sent; `never`: must not be stored;
 * `text`: the stored text as it was first read.
 */

/**
 * @typedef {object} Posted one request with statements
 * @property {import('./client.mjs').Sending} sending
 * @property {readonly Journalled[]} fresh the statements that it would store first
 * @property {readonly number[]} expects statuses
 * @property {boolean} mayBeSentAgain whether every statement has an id
 */

const MOST_VIOLATIONS = 50;

/** What was sent and what was answered, kept by the client that outlives the server. */
export const createJournal = () => {
  /** @type {Map<string, Journalled>} */
  const statements = new Map();
  /** @type {Set<Posted>} sent, and not answered yet or never */
  const pending = new Set();
  /** @type {Posted[]} */
  const requests = [];
  /** @type {Map<string, Buffer>} */
  const files = new Map();
  const violations = [];
  const counts = {
    statements: 0,
    documents: 0,
    unanswered: 0,
    there: 0,
    notThere: 0,
    checks: 0,
    lost: 0,
    read: 0,
  };
  let through = '';
  let round = 0;

  const violate = (sentence) => {
    if (violations.length < MOST_VIOLATIONS) violations.push(`round ${round}: ${sentence}`);
  };

  return {
    statements,
    pending,
    requests,
    files,
    violations,
    counts,
    violate,
    /** Ids that some statement voids or will void: reads of them may go either way while load is on. */
    voidedIds: new Set(),
    /** Ids that were voided or referred to before they came. */
    awaited: [],
    round: () => round,
    nextRound: () => {
      round += 1;
    },
    /** Notes what an answer promises of the order of storing. */
    heard: ({ headers }) => {
      const told = headers['x-experience-api-consistent-through'];
      if (typeof told === 'string' && told > through) through = told;
    },
    /** Notes a statement before it is sent. */
    intend: (record, never = false) => {
      const journalled = {
        ...record,
        through,
        acknowledged: false,
        never,
        present: false,
        voided: false,
        round,
      };
      statements.set(record.nonce, journalled);
      return journalled;
    },
    /** Notes that a statement has been acknowledged, with its id. */
    acknowledge: (record, id = record.id) => {
      record.id = id;
      if (!record.acknowledged) counts.statements += 1;
      record.acknowledged = true;
    },
  };
};

/**
 * Sends a request with statements: its intent is noted before, its answer after.
 * @param {ReturnType<typeof createJournal>} journal
 * @param {{ send: (sending: any) => Promise<import('./client.mjs').Answer> }} client
 * @param {Posted} posted
 */
export const post = async (journal, client, posted) => {
  journal.pending.add(posted);
  const { status, body } = await client.send(posted.sending);
  journal.pending.delete(posted);
  const { method, path } = posted.sending;
  if (!posted.expects.includes(status)) {
    journal.violate(`${method} ${path} was answered with ${status}: ${body.toString().slice(0, 300)}`);
    return;
  }
  if (status >= 300) return;
  const ids = status === 200 ? JSON.parse(body.toString()) : [];
  const first = ids.length - posted.fresh.length;
  posted.fresh.forEach((record, at) => {
    const id = ids[first + at]?.toLowerCase() ?? record.id;
    if (record.id !== undefined && id !== record.id) journal.violate(`${record.id} was answered with ${id}`);
    journal.acknowledge(record, id);
  });
};
