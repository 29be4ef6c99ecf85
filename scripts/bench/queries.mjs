/** @typedef {import('./statements.mjs').Draw} Draw */
/** @typedef {import('./population.mjs').Person} Person */
/** @typedef {import('./load.mjs').Request} Request */

/** A draw, with when the server stored it and when it stored one some time later. */
/** @typedef {Draw & { since: string, until: string }} StoredDraw */

/** @typedef {{ name: string, promised: boolean, pages?: number, filter: (draw: StoredDraw) => Record<string, string> }} QueryKind */

const NEWEST = { limit: '50' };

/** @param {Person} person */
const identifier = ({ mbox, account }) => JSON.stringify(mbox ? { mbox } : { account });

/**
 * Every way of asking that is measured; `promised` are those that the promise about reads names; `pages` are the
 * further pages that are followed through `more`.
 * @type {readonly QueryKind[]}
 */
export const QUERY_KINDS = [
  { name: 'agent', promised: true, filter: ({ actor }) => ({ agent: identifier(actor) }) },
  { name: 'verb', promised: true, filter: ({ verb }) => ({ verb }) },
  { name: 'activity', promised: true, filter: ({ activity }) => ({ activity }) },
  { name: 'registration', promised: true, filter: ({ registration }) => ({ registration }) },
  {
    name: 'related_agents',
    promised: true,
    filter: ({ instructor }) => ({ agent: identifier(instructor), related_agents: 'true' }),
  },
  {
    name: 'related_activities',
    promised: true,
    filter: ({ parent }) => ({ activity: parent, related_activities: 'true' }),
  },
  { name: 'by id', promised: false, filter: ({ id }) => ({ statementId: id }) },
  {
    name: 'agent + verb',
    promised: false,
    filter: ({ actor, verb }) => ({ agent: identifier(actor), verb }),
  },
  { name: 'since, until', promised: false, filter: ({ since, until }) => ({ since, until }) },
  { name: 'more', promised: false, pages: 3, filter: ({ verb }) => ({ verb }) },
];

/**
 * The newest 50 of what the filter leaves; one statement when asked by its id.
 * @param {URL} endpoint
 * @param {QueryKind} kind
 * @param {StoredDraw} draw
 * @returns {Request}
 */
export const queryRequest = (endpoint, kind, draw) => {
  const filter = kind.filter(draw);
  const query = new URLSearchParams('statementId' in filter ? filter : { ...filter, ...NEWEST });
  const path = `${endpoint.pathname}/statements?${query}`;
  return { kind: kind.name, method: 'GET', path, statements: 0 };
};
