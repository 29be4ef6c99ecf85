/** @typedef {import('./lane.mjs').Heard} Heard */

/**
 * One generated request.
 * @typedef {object} Case
 * @property {string} kind
 * @property {readonly string[]} acts what was done to it
 * @property {'accepted' | 'refused' | 'anything'} expects by how it was made
 * @property {import('./lane.mjs').Sending} [sending]
 * @property {Buffer} [raw] bytes for a connection of their own, instead
 * @property {(heard: Heard, ask: (sending: import('./lane.mjs').Sending) => Promise<Heard>) => Promise<string[]>} [check]
 * what is wrong with what came of it
 */

const POINTER = /^(?:\/(?:[^~/]|~[01])*)*$/;

const isProblem = (problem) =>
  typeof problem?.message === 'string' &&
  problem.message !== '' &&
  typeof problem.pointer === 'string' &&
  POINTER.test(problem.pointer);

const readProblems = ({ body }) => {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    return undefined;
  }
};

/** @param {Heard} heard of a refusal */
export const problemsOf = (heard) => readProblems(heard)?.problems ?? [];

const wrongOfRefusal = (heard, isHead) => {
  if (isHead) return [];
  const { reason, message, problems } = readProblems(heard) ?? {};
  const isGood =
    typeof reason === 'string' &&
    typeof message === 'string' &&
    Array.isArray(problems) &&
    problems.length > 0 &&
    problems.every(isProblem);
  return isGood
    ? []
    : [`it was refused with ${heard.status} and ${heard.body.toString('utf8').slice(0, 300)}`];
};

const isAccepted = ({ status }) => status >= 200 && status < 300;
const isRefused = ({ status }) => status >= 400 && status < 500;

const wrongOfStatus = ({ expects }, heard) => {
  const told = () => `${heard.status} ${heard.body.toString('utf8').slice(0, 400)}`;
  if (expects === 'accepted' && !isAccepted(heard)) return [`it is valid and was answered with ${told()}`];
  if (expects === 'refused' && !isRefused(heard)) return [`it is not valid and was answered with ${told()}`];
  return [];
};

/** Sockets may be closed without an answer. */
const wrongOfAny = ({ raw, sending }, heard) => {
  const wrong = [];
  if (heard.status === 0 && raw === undefined) wrong.push('there was no answer');
  if (heard.status >= 500) wrong.push(`it was answered with ${heard.status} ${heard.body.toString('utf8')}`);
  // What was no HTTP is answered with a body, whatever its method seemed to be.
  const isLast = heard.headers.get('connection') === 'close';
  if (raw === undefined && heard.rest > 0 && !isLast)
    wrong.push(`${heard.rest} bytes came behind the answer`);
  if (isRefused(heard) && raw === undefined) wrong.push(...wrongOfRefusal(heard, sending.method === 'HEAD'));
  return wrong;
};

const perform = (lane, one) => (one.raw === undefined ? lane.ask(one.sending) : lane.sendRaw(one.raw));

/**
 * What is late on a busy machine may be so by chance; what is late again, asked a second time, is a hang. The time in
 * which the machine let neither the server nor us run is not counted then.
 * @param {() => Promise<Heard>} again
 * @returns {Promise<'no' | 'once' | 'again'>}
 */
const lateness = async ({ ms }, { late, starved }, again) => {
  if (ms <= late) return 'no';
  const before = starved();
  const second = await again();
  return second.ms - (starved() - before) <= late ? 'once' : 'again';
};

/**
 * Sends one case and says what is wrong.
 * @param {ReturnType<typeof import('./lane.mjs').createLane>} lane
 * @param {Case} one
 * @param {{ late: number, starved: () => number }} times in milliseconds: when an answer is late, and how long there
 * was no core for the server and for us so far
 * @returns all that is wrong, as sentences; how many look-ups there were, and how many answers came late by chance
 */
export const tryCase = async (lane, one, times) => {
  const wrong = [];
  let [asked, lateOnce] = [0, 0];
  const time = async (what, heard, again) => {
    const is = await lateness(heard, times, again);
    if (is === 'again') wrong.push(`${what} took ${Math.round(heard.ms)} ms, and as long once more`);
    if (is === 'once') lateOnce += 1;
  };
  const ask = async (sending) => {
    asked += 1;
    const answer = await lane.ask(sending);
    const what = `${sending.method} ${sending.target}`;
    if (answer.status === 0 || answer.status >= 500) wrong.push(`${what} was answered with ${answer.status}`);
    await time(what, answer, () => lane.ask(sending));
    return answer;
  };
  const heard = await perform(lane, one);
  wrong.push(...wrongOfAny(one, heard), ...wrongOfStatus(one, heard));
  await time('the answer', heard, () => perform(lane, one));
  if (one.check !== undefined && wrong.length === 0) wrong.push(...(await one.check(heard, ask)));
  return { heard, wrong, asked, lateOnce };
};
