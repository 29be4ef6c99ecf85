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

/**
 * @typedef {object} Exchange a request, what it would change, and its answer if one came
 * @property {number} heard how many answers had been heard when it was sent
 * @property {import('./client.mjs').Answer} [answer]
 * @property {Posted} [posted] statements
 * @property {object} [shelf] documents of one connection, as they were `now` and as they would be `next`
 * @property {string} [contested] a document that all overwrite, with its `write`
 */

const MOST_VIOLATIONS = 50;

const noCounts = () => ({
  statements: 0,
  documents: 0,
  unanswered: 0,
  unavailable: 0,
  there: 0,
  notThere: 0,
  checks: 0,
  lost: 0,
  read: 0,
});

const createHistory = (keepsExchanges) => {
  /** @type {Exchange[]} */
  const exchanges = [];
  /** Every answer in the order in which they were heard: its `via`, and the Consistent-Through it told. */
  const answers = [];
  return {
    exchanges,
    answers,
    /** Notes a request before it is sent; what comes back of it is noted on what is returned. */
    note: (what) => {
      const exchange = { ...what, heard: answers.length };
      if (keepsExchanges) exchanges.push(exchange);
      return exchange;
    },
  };
};

/**
 * What was sent and what was answered, kept by the client that outlives the server.
 * @param {boolean} [keepsExchanges] so that it can be told afterwards what was known at any moment
 */
export const createJournal = (keepsExchanges = false) => {
  /** @type {Map<string, Journalled>} */
  const statements = new Map();
  /** @type {Set<Posted>} sent, and not answered yet or never */
  const pending = new Set();
  /** @type {Posted[]} */
  const requests = [];
  /** @type {Map<string, Buffer>} */
  const files = new Map();
  const violations = [];
  const counts = noCounts();
  const history = createHistory(keepsExchanges);
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
    ...history,
    /** Ids that some statement voids or will void: reads of them may go either way while load is on. */
    voidedIds: new Set(),
    /** Ids that were voided or referred to before they came. */
    awaited: [],
    round: () => round,
    nextRound: () => {
      round += 1;
    },
    /** Notes what an answer promises of the order of storing. */
    heard: ({ status, headers, via }) => {
      if (status === 503) {
        counts.unavailable += 1;
        if (headers['retry-after'] === undefined) violate('a 503 had no Retry-After');
      }
      const told = headers['x-experience-api-consistent-through'];
      if (keepsExchanges) history.answers.push({ via, told });
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
  const exchange = journal.note({ posted });
  const answer = await client.send(posted.sending);
  exchange.answer = answer;
  journal.pending.delete(posted);
  const { status, body } = answer;
  const { method, path } = posted.sending;
  if (!posted.expects.includes(status)) {
    journal.violate(`${method} ${path} was answered with ${status}: ${body.toString().slice(0, 300)}`);
    return;
  }
  acknowledgeAll(journal, posted, answer);
};

/** Notes what an answer to a request with statements acknowledges. */
export const acknowledgeAll = (journal, posted, { status, body }) => {
  if (status >= 300) return;
  const ids = status === 200 ? JSON.parse(body.toString()) : [];
  const first = ids.length - posted.fresh.length;
  posted.fresh.forEach((record, at) => {
    const id = ids[first + at]?.toLowerCase() ?? record.id;
    if (record.id !== undefined && id !== record.id) journal.violate(`${record.id} was answered with ${id}`);
    journal.acknowledge(record, id);
  });
};
