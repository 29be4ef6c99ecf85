/** @typedef {import('./lane.mjs').Heard} Heard */

/**
 * One generated request.
 * @typedef {object} Case
 * @property {string} kind
 * @property {readonly string[]} acts what was done to it
 * @property {'accepted' | 'refused' | 'anything'} expects by how it was made
 * @property {import('./lane.mjs').Sending} [sending]
 * @property {Buffer} [raw] bytes for a connection of their own, instead
 * @property {number} [mayWait] milliseconds by which the answer may come later
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
  return isGood ? [] : [`it was refused with ${heard.status} and ${heard.body.toString('utf8').slice(0, 300)}`];
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
const wrongOfAny = ({ raw, sending, mayWait = 0 }, heard, late) => {
  const wrong = [];
  if (heard.status === 0 && raw === undefined) wrong.push('there was no answer');
  if (heard.status >= 500) wrong.push(`it was answered with ${heard.status} ${heard.body.toString('utf8')}`);
  if (heard.ms > late + mayWait) wrong.push(`the answer took ${Math.round(heard.ms)} ms`);
  // What was no HTTP is answered with a body, whatever its method seemed to be.
  const isLast = heard.headers.get('connection') === 'close';
  if (raw === undefined && heard.rest > 0 && !isLast) wrong.push(`${heard.rest} bytes came behind the answer`);
  if (isRefused(heard) && raw === undefined) wrong.push(...wrongOfRefusal(heard, sending.method === 'HEAD'));
  return wrong;
};

/**
 * @param {Case} one
 * @param {Heard} heard
 * @param {number} late in milliseconds
 * @returns {string[]} all that is wrong, as sentences; none if nothing is
 */
export const judge = (one, heard, late) => [...wrongOfAny(one, heard, late), ...wrongOfStatus(one, heard)];

/** Asks for what a case sends. */
export const perform = async (lane, one) => (one.raw === undefined ? lane.ask(one.sending) : lane.sendRaw(one.raw));

/**
 * Sends one case and says what is wrong.
 * @param {ReturnType<typeof import('./lane.mjs').createLane>} lane
 * @param {Case} one
 */
export const tryCase = async (lane, one, late) => {
  const heard = await perform(lane, one);
  const wrong = judge(one, heard, late);
  let asked = 0;
  const ask = async (sending) => {
    asked += 1;
    const answer = await lane.ask(sending);
    if (answer.status === 0 || answer.status >= 500) wrong.push(`${sending.method} ${sending.target} was answered with ${answer.status}`);
    if (answer.ms > late) wrong.push(`${sending.method} ${sending.target} took ${Math.round(answer.ms)} ms`);
    return answer;
  };
  if (one.check !== undefined && wrong.length === 0) wrong.push(...(await one.check(heard, ask)));
  return { heard, wrong, asked };
};
