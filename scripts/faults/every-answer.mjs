import { createHash } from 'node:crypto';

/** Everything that can be asked of a store with the load of the crash test: question → answer as one text. */

const AGENT = /"(?:mbox":"mailto:[^"]+"|account":\{"homePage":"[^"]+","name":"[^"]+"\})/g;
const IDS = /"id":"([^"]+)"/g;
/** What is voided stands in no list, but in what voids it. */
const REFERENCE = /"objectType":"StatementRef","id":"([^"]+)"/g;
const REGISTRATION = /"registration":"([^"]+)"/g;
const MAX = 60;
const AT_ONCE = 4;
const PROFILES = [
  ['activities/state', 'stateId'],
  ['agents/profile', 'profileId'],
  ['activities/profile', 'profileId'],
];

/** What is read, without what changes from one reading to the next. */
const textOf = ({ status, headers, body }) => {
  const type = headers['content-type'] ?? '';
  const boundary = /boundary="?([^";]+)/.exec(type)?.[1];
  const bytes =
    boundary === undefined
      ? body
      : Buffer.from(body.toString('latin1').replaceAll(boundary, 'cut'), 'latin1');
  const shown = bytes.length > 2000 ? createHash('sha256').update(bytes).digest('hex') : bytes.toString();
  return `${status} ${type.replace(boundary ?? /^$/, 'cut')} ${headers.etag ?? ''} ${headers['last-modified'] ?? ''} ${shown}`;
};

const parameter = (name, value) => `${name}=${encodeURIComponent(value)}`;

/** All statements, page by page; answers their texts. */
const readList = async (client, answers) => {
  const texts = [];
  let path = 'statements?ascending=true&limit=200&attachments=false';
  for (let page = 0; path !== ''; page += 1) {
    const { status, body } = await client.send({ method: 'GET', path });
    const text = body.toString();
    const more = status === 200 ? JSON.parse(text).more : '';
    answers.set(`page ${page}`, `${status} ${text.slice(0, text.lastIndexOf('"more"'))}`);
    texts.push(text);
    path = more ?? '';
  }
  return texts.join('\n');
};

const found = (text, pattern) => [
  ...new Set([...text.matchAll(pattern)].map((match) => match[1] ?? match[0])),
];

const some = (all) => all.filter((_one, at) => at % Math.ceil(all.length / MAX) === 0);

/** Each statement by its id with its attachments, lists by every condition, what is known of activities and agents. */
const questionsAbout = (text) => {
  const all = found(text, IDS);
  const statements = all.filter((id) => /^[0-9a-f-]{36}$/i.test(id));
  const verbs = all.filter((id) => id.includes('/verbs/'));
  const activities = all.filter((id) => id.includes('/course/'));
  const agents = found(text, AGENT).map((member) => `{${member}}`);
  const moments = some(found(text, /"stored":"([^"]+)"/g)).slice(0, 20);
  return [
    ...statements.map((id) => `statements?${parameter('statementId', id)}&attachments=true`),
    ...found(text, REFERENCE).map(
      (id) => `statements?${parameter('voidedStatementId', id)}&attachments=true`,
    ),
    ...verbs.map((id) => `statements?${parameter('verb', id)}&limit=1000`),
    ...some(activities).map(
      (id) => `statements?${parameter('activity', id)}&related_activities=true&limit=1000`,
    ),
    ...some(agents).map((agent) => `statements?${parameter('agent', agent)}&related_agents=true&limit=1000`),
    ...some(found(text, REGISTRATION)).map((id) => `statements?${parameter('registration', id)}`),
    ...moments.flatMap((moment) => [
      `statements?${parameter('since', moment)}&limit=20`,
      `statements?${parameter('until', moment)}&limit=20`,
    ]),
    ...some(activities).map((id) => `activities?${parameter('activityId', id)}`),
    ...some(agents).map((agent) => `agents?${parameter('agent', agent)}`),
  ];
};

/** The addresses of all documents of the load. */
const documentLists = () =>
  Array.from({ length: 8 }, (_, at) => {
    const agent = parameter('agent', JSON.stringify({ mbox: `mailto:c${at}@example.org` }));
    const activity = parameter('activityId', `https://example.org/shelf/c${at}`);
    return [
      `${PROFILES[0][0]}?${activity}&${agent}`,
      `${PROFILES[1][0]}?${agent}`,
      `${PROFILES[2][0]}?${activity}`,
    ];
  }).flat();

const documentsOf = (list, body) => {
  const idName = PROFILES.find(([path]) => list.startsWith(`${path}?`))[1];
  return JSON.parse(body).map((id) => `${list}&${parameter(idName, id)}`);
};

const askEach = async (client, questions, answers) => {
  const work = [...questions];
  const next = async () => {
    for (let path = work.pop(); path !== undefined; path = work.pop()) {
      const answer = await client.send({ method: 'GET', path });
      answers.set(path, textOf(answer));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, next));
};

/**
 * @param {{ send: (sending: object) => Promise<import('../crash/client.mjs').Answer> }} client
 * @param {readonly string[]} [questions] those of an earlier reading; without them they are taken from what is there
 * @returns {Promise<Map<string, string>>}
 */
export const everyAnswer = async (client, questions) => {
  const answers = new Map();
  const text = await readList(client, answers);
  if (questions !== undefined) {
    await askEach(
      client,
      questions.filter((question) => !question.startsWith('page ')),
      answers,
    );
    return answers;
  }
  await askEach(client, questionsAbout(text), answers);
  for (const list of documentLists()) {
    const answer = await client.send({ method: 'GET', path: list });
    answers.set(list, textOf(answer));
    await askEach(client, documentsOf(list, answer.body), answers);
  }
  return answers;
};
