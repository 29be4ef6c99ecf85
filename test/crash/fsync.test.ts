import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Driven, driveServer } from './drive-server.ts';
import { judgeTrace, type Verdict } from './judge-trace.ts';
import { ANSWERS_EARLY, type Change, PROGRAM, plantProgram } from './plant-program.ts';
import { readTrace } from './read-trace.ts';
import { watchServer, whyNotWatched } from './watch-server.ts';

const why = whyNotWatched();
if (why !== undefined && !process.env['CI'])
  console.warn(`What leaves before its fsync was not watched: ${why}.`);
const watched = why === undefined || process.env['CI'] ? describe : describe.skip;

const NORMAL: readonly Change[] = [
  [/(const log = openLog\(await openDatabase\([^;]+), "FULL"/, '$1, "NORMAL"'],
];
/** The thread says that a group is durable before it commits it. */
const THREAD_ANSWERS_EARLY: readonly Change[] = [
  [
    /(parentPort\d*\?\.postMessage\()judge\(message\)\);/,
    '$1{ result: undefined }); setTimeout(judge, 30, message);',
    'log-writer.js',
  ],
];
const NORMAL_THREAD: readonly Change[] = [
  [/(var database = await openDatabase\(\w+), "FULL"/, '$1, "NORMAL"', 'log-writer.js'],
];
const FILE_UNSYNCED: readonly Change[] = [
  [/(await file\.writeFile\(body\d*\);\s+)await file\.sync\(\);/, '$1'],
];
const NAMES_UNSYNCED: readonly Change[] = [[/for \(const \w+ of [^;]+await syncFolder\(\w+\);/, '']];
const DATA_UNSYNCED: readonly Change[] = [[/await syncFolder\(dirname\d*\(folder\d*\)\);/, '']];

let folder = '';
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'cairn-fsync-')));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A mutant shows itself in the first rounds. */
const ROUNDS_OF_MUTANT = 3;

const judge = async (place: string, changes?: readonly Change[]): Promise<Verdict & Driven> => {
  const server = await watchServer(changes === undefined ? PROGRAM : plantProgram(place, changes), place);
  let driven: Driven;
  let trace: string;
  try {
    driven = await driveServer(server, changes === undefined ? undefined : ROUNDS_OF_MUTANT);
  } finally {
    trace = await server.stop();
  }
  return { ...judgeTrace(readTrace(trace), server.data, driven.watched), ...driven };
};

watched('under strace', () => {
  it('no 200 or 204 leaves before the fsync that covers it', async () => {
    const { violations, unexpected, answers, writesToLog, ...driven } = await judge(folder);
    expect({ violations, unexpected }).toEqual({ violations: [], unexpected: [] });
    expect(answers).toBeGreaterThan(200);
    expect(answers).toBe(driven.watched.length - driven.refused);
    expect(writesToLog).toBeGreaterThan(100);
  }, 120_000);

  it.each([
    ['commits with synchronous=NORMAL', NORMAL, /before a commit was synced/],
    ['commits with synchronous=NORMAL in its writing thread', NORMAL_THREAD, /before a commit was synced/],
    ['answers before the commit', ANSWERS_EARLY, /before a commit was synced/],
    ['answers before its writing thread has committed', THREAD_ANSWERS_EARLY, /before a commit was synced/],
    ['leaves an attachment unsynced', FILE_UNSYNCED, /before what was written to .*attachments.* was synced/],
    [
      'leaves the name of an attachment unsynced',
      NAMES_UNSYNCED,
      /before the name of .*attachments\/.+ was synced/,
    ],
    ['leaves the name of its data folder unsynced', DATA_UNSYNCED, /before the name of .*data was synced/],
  ])(
    'a server that %s is seen',
    async (_what, changes, words) => {
      const seen: string[] = [];
      // On a busy machine another commit's sync may come between now and then.
      for (let tries = 0; tries < 3 && !words.test(seen.join('\n')); tries += 1) {
        const mutated = mkdtempSync(join(folder, 'try-'));
        seen.push(...(await judge(mutated, changes)).violations);
      }
      expect(seen.join('\n')).toMatch(words);
    },
    240_000,
  );
});
