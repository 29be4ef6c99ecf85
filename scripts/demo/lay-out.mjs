import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { moveDays } from './move-days.mjs';
import { QUESTIONS } from './questions.mjs';
import { createStreams, SOURCES } from './streams.mjs';

/** Under whose name the old LRS stored what a source sent. */
const authorityOf = (source) => ({
  objectType: 'Agent',
  account: { homePage: `https://${source}.example`, name: source },
});

/** A line of a stream, and when it was stored. */
const lineOf = (text, authority) => {
  const statement = JSON.parse(text);
  return { stored: statement.stored, text: `${JSON.stringify({ ...statement, authority })}\n` };
};

/**
 * What an LRS had stored until now: what every source sent, in the order in which it came.
 * @param {Readonly<Record<string, string>>} files
 */
const historyOf = (files) =>
  SOURCES.flatMap((source) => {
    const authority = authorityOf(source);
    return files[`${source}.ndjson`]
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => lineOf(line, authority));
  })
    .sort((one, other) => (one.stored < other.stored ? -1 : 1))
    .map(({ text }) => text)
    .join('');

/**
 * Writes the streams, the lists and the questions, and answers where they are.
 * @param {string} folder
 * @param {number} seed
 * @param {number} daysEarlier than the calendar has it
 */
export const layOut = (folder, seed, daysEarlier) => {
  const files = Object.fromEntries(
    Object.entries(createStreams(seed)).map(([name, text]) => [name, moveDays(text, daysEarlier)]),
  );
  const questions = QUESTIONS.map(({ name, query }) => [
    `${name}.json`,
    moveDays(`${JSON.stringify(query, undefined, 2)}\n`, daysEarlier),
  ]);
  const write = (path, entries) => {
    mkdirSync(path, { recursive: true });
    for (const [name, text] of entries) writeFileSync(join(path, name), text);
  };
  write(join(folder, 'streams'), Object.entries({ ...files, 'history.ndjson': historyOf(files) }));
  write(join(folder, 'questions'), questions);
};
