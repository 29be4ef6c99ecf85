import { ANSWERS_EARLY, type Change } from './plant-program.ts';
import { runCrashes } from './run-crashes.ts';

/** Both where the process itself writes and where its thread does. */
const COMMIT_EACH: readonly [RegExp, string] = [
  /(insert\.run\(\.\.\.row[^;]+;)/,
  '$1 database.exec("commit"); database.exec("begin immediate");',
];

type Mutant = readonly [what: string, most: number, changes: readonly Change[], words: RegExp];

/** Each is killed until it is seen to be wrong, but at most so often. */
const MUTANTS: readonly Mutant[] = [
  [
    'answers before the commit',
    16,
    ANSWERS_EARLY,
    // It loses what it acknowledged, or says yes to what it had yet to find in conflict: whichever a run meets first.
    /was acknowledged in round \d+ and is lost|was answered with 20[04]|was acknowledged, but a list has skipped it/,
  ],
  [
    'does not bring the index up to the log at start',
    16,
    [[/catchUp\(index, log, \(done\)/, '((...ignored) => ignored)(index, log, (done)']],
    /was acknowledged in round \d+ and is lost/,
  ],
  [
    'commits every statement of a batch by itself',
    12,
    [COMMIT_EACH, [...COMMIT_EACH, 'log-writer.js']],
    /\d+ of \d+ statements of one unanswered POST are stored/,
  ],
  [
    'indexes another thing while storing than at start',
    1,
    [
      [
        /(follow\d*)\(index, log, entry, entry\.statement\)/,
        '$1(index, log, { ...entry, flags: 0 }, entry.statement)',
      ],
    ],
    /made anew from the log it has/,
  ],
  [
    'writes a document after it has been acknowledged',
    16,
    [[/(put\d*\.run\([^;]+, etag, updated, sum\d*\));/, 'setTimeout(() => $1, 60);']],
    /which is none of|is no write that may be the last/,
  ],
  [
    'keeps less of an attachment than was sent',
    16,
    [[/await file\.writeFile\((body\d*)\)/, 'await file.writeFile($1.subarray(1))']],
    /the attachment [0-9a-f]{64} of .+ is not what was sent/,
  ],
  [
    'says that it is consistent through a moment that is yet to come',
    16,
    [[/consistentThrough: \(\) => told\d*\b/, '$& + 5e6']],
    /sent after Consistent-Through .+, was stored/,
  ],
];

describe('the check after a kill sees a program that', () => {
  it.each(MUTANTS)(
    '%s',
    async (_what, most, changes, words) => {
      const { violations } = await runCrashes(most, 1, changes);
      expect(violations.join('\n')).toMatch(words);
    },
    300_000,
  );
});
