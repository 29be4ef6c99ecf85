import { join } from 'node:path';
import { QUESTIONS } from './questions.mjs';
import { TRUTH } from './truth.mjs';

const indented = (/** @type {string} */ text) => text.replace(/^(?=.)/gm, '   ');

const shown = ({ metric, value }) =>
  metric === 'competency.time' ? `${value.toFixed(1)}` : `${(100 * value).toFixed(1)} %`;

/** What was planted, as far as a question is about it. */
const plantedText = (planted) => {
  const entries = planted.map((id) => TRUTH.find((one) => one.id === id));
  if (entries.length === 0) return [];
  const told = entries.map((entry) =>
    [entry.group, shown(entry)].filter((one) => one !== undefined).join(' '),
  );
  return [`planted: ${told.join(', ')}`];
};

/** The table of an answer, without what it was made from. */
const tableOf = (/** @type {string} */ printed) =>
  printed.trimEnd().split('\n').slice(0, -1).join('\n').trimEnd();

/**
 * Asks the five questions by `cairn query`, and prints what it prints, each with the command.
 * @param {import('./call-cairn.mjs').Cairn} cairn
 * @param {string} folder
 * @param {string} program
 */
export const tellAnswers = async ({ run }, folder, program) => {
  for (const [at, { name, question, planted }] of QUESTIONS.entries()) {
    const path = join(folder, 'questions', `${name}.json`);
    const answer = tableOf(await run('query', '--query', path));
    const lines = [answer, ...plantedText(planted), `node ${program} query --query ${path}`];
    console.log(`${at + 1}. ${question}\n${indented(lines.join('\n'))}\n`);
  }
};

/**
 * Where it is, and how to go on.
 * @param {URL} url
 * @param {{ readonly key: string, readonly secret: string }} credential
 * @param {string} folder
 */
export const tellPlace = (url, { key, secret }, folder) => {
  const question = join(folder, 'questions', `${QUESTIONS[2]?.name}.json`);
  console.log(
    [
      `Cairn runs at ${url.href} with the key ${key} and the secret ${secret}`,
      `export CAIRN_STORAGE=sqlite:${join(folder, 'data')}   # for the commands above`,
      `curl -u ${key}:${secret} ${new URL('api/v1/query', url).href} -H 'Content-Type: application/json' -d @${question}`,
      'Ctrl-C stops it.',
    ].join('\n'),
  );
};
