import { judgeTrace, type Watched } from './judge-trace.ts';
import { readTrace } from './read-trace.ts';

const DATA = '/tmp/x/data';
const WAL = `${DATA}/log.db-wal`;
const SHA2 = 'ab12';
const FILE = `${DATA}/attachments/ab/${SHA2}`;

const arrives = (tag = 't1') =>
  `7 read(30<TCP:[127.0.0.1:80->127.0.0.1:9]>, "PUT /xapi/statements?cachebuster=${tag}&statementId=1 HTTP/1.1\\r\\nHo"..., 65536) = 330`;
const answered = (status = '204 No Content') =>
  `7 writev(30<TCP:[127.0.0.1:80->127.0.0.1:9]>, [{iov_base="HTTP/1.1 ${status}\\r\\nA"..., iov_len=9}], 1) = 9`;
const written = (path = WAL) => `7 pwrite64(22<${path}>, "\\0\\0"..., 24, 0) = 24`;
const synced = (path = WAL) => `7 fsync(22<${path}>) = 0`;
const renamed = [written(`${FILE}.part`), synced(`${FILE}.part`), `8 rename("${FILE}.part", "${FILE}") = 0`];

const judge = (lines: readonly string[], request: Partial<Watched> = {}) =>
  judgeTrace(readTrace(lines.join('\n')), DATA, [{ tag: 't1', changes: true, files: [], ...request }])
    .violations;

describe('an answer is in order that leaves', () => {
  it.each<[string, string[], Partial<Watched>]>([
    ['after what it wrote was synced', [arrives(), written(), synced(), answered()], {}],
    ['after what is there already was found again', [arrives(), answered()], { changes: false }],
    ['as a refusal, whatever is unsynced', [written(), arrives(), answered('409 Conflict')], {}],
    [
      'while other files are unsynced',
      [arrives(), written(`${DATA}/index.db`), written(), synced(), answered()],
      {},
    ],
    [
      'after its attachment and the name of that were synced',
      [arrives(), ...renamed, synced(`${DATA}/attachments/ab`), written(), synced(), answered()],
      { files: [SHA2] },
    ],
    [
      'after the folder that was made for it was synced',
      [`7 mkdir("${DATA}", 0700) = 0`, synced('/tmp/x'), arrives(), written(), synced(), answered()],
      {},
    ],
  ])('%s', (_when, lines, request) => {
    expect(judge(lines, request)).toEqual([]);
  });
});

describe('an answer is a violation that leaves', () => {
  const uncommitted = 't1 was answered before a commit was synced';
  const begins = `8 fsync(22<${WAL}> <unfinished ...>`;
  const ends = '8 <... fsync resumed>) = 0';
  const failed = `7 fsync(22<${WAL}>) = -1 EIO (Input/output error)`;
  const header = `7 pwrite64(22<${WAL}>, "\\0"..., 32, 0) = 32`;

  it.each<[string, string[], Partial<Watched>, string[]]>([
    ['before its write', [arrives(), answered(), written(), synced()], {}, [uncommitted]],
    ['without a sync', [arrives(), written(), answered()], {}, [uncommitted]],
    ['after the commit of another only', [written(), arrives(), synced(), answered()], {}, [uncommitted]],
    ['after a sync of nothing', [arrives(), header, synced(), answered(), written()], {}, [uncommitted]],
    ['while its sync has not ended', [arrives(), written(), begins, answered(), ends], {}, [uncommitted]],
    [
      'after a sync that had begun before',
      [written(), begins, arrives(), written(), ends, answered()],
      {},
      [uncommitted],
    ],
    ['after a sync that failed', [arrives(), written(), failed, answered()], {}, [uncommitted]],
    [
      'before its attachment is synced',
      [
        arrives(),
        written(`${FILE}.part`),
        `8 rename("${FILE}.part", "${FILE}") = 0`,
        synced(`${DATA}/attachments/ab`),
        written(),
        synced(),
        answered(),
      ],
      { files: [SHA2] },
      [`t1 was answered before what was written to ${FILE} was synced`],
    ],
    [
      'before the name of its attachment is synced',
      [arrives(), ...renamed, written(), synced(), answered()],
      { files: [SHA2] },
      [`t1 was answered before the name of ${FILE} was synced`],
    ],
    [
      'before the name of its data folder is synced',
      [`7 mkdir("${DATA}", 0700) = 0`, arrives(), written(), synced(), answered()],
      {},
      [`t1 was answered before the name of ${DATA} was synced`],
    ],
    [
      'after a log was overwritten that had not been copied durably',
      [written(`${DATA}/log.db`), arrives(), header, written(), synced(), answered()],
      {},
      ['the log was not synced before its write-ahead log began anew'],
    ],
  ])('%s', (_when, lines, request, violations) => {
    expect(judge(lines, request)).toEqual(violations);
  });
});
