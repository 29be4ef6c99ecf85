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
  const unsyncedLog = `t1 was answered before what was written to ${WAL} was synced`;
  const unsyncedName = `t1 was answered before the name of ${FILE} was synced`;

  it.each<[string, string[], Partial<Watched>, string[]]>([
    [
      'before its write',
      [arrives(), answered(), written(), synced()],
      {},
      ['t1 was answered, but no log was written and synced for it'],
    ],
    [
      'before the sync of another write',
      [written(), synced(), arrives(), written(), synced(), written(), answered()],
      {},
      [unsyncedLog],
    ],
    [
      'while a sync has begun and not ended',
      [
        arrives(),
        written(),
        synced(),
        written(),
        `8 fsync(22<${WAL}> <unfinished ...>`,
        answered(),
        '8 <... fsync resumed>) = 0',
      ],
      {},
      [unsyncedLog],
    ],
    [
      'after a sync that had begun before the write',
      [
        arrives(),
        written(),
        synced(),
        `8 fsync(22<${WAL}> <unfinished ...>`,
        written(),
        '8 <... fsync resumed>) = 0',
        answered(),
      ],
      {},
      [unsyncedLog],
    ],
    [
      'after a sync that failed',
      [
        arrives(),
        written(),
        synced(),
        written(),
        `7 fsync(22<${WAL}>) = -1 EIO (Input/output error)`,
        answered(),
      ],
      {},
      [unsyncedLog],
    ],
    [
      'before the name of its attachment is synced',
      [arrives(), ...renamed, written(), synced(), answered()],
      { files: [SHA2] },
      [unsyncedName],
    ],
    [
      'before the name of its data folder is synced',
      [`7 mkdir("${DATA}", 0700) = 0`, arrives(), written(), synced(), answered()],
      {},
      [`t1 was answered before the name of ${DATA} was synced`],
    ],
  ])('%s', (_when, lines, request, violations) => {
    expect(judge(lines, request)).toEqual(violations);
  });
});
