import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { attachmentLine, declared, statement, statements } from '../cli/statements.ts';
import { type Change, PROGRAM, plantProgram } from './plant-program.ts';
import { type Call, readTrace } from './read-trace.ts';
import { STRACE, whyNotWatched } from './watch-server.ts';
import { watchedDisk } from './watched-disk.ts';

jest.setTimeout(120_000);

const watched = whyNotWatched() === undefined || process.env['CI'] ? describe : describe.skip;

const CALLS =
  'pwrite64,write,writev,ftruncate,fsync,fdatasync,openat,?rename,?renameat,?renameat2,?mkdir,?mkdirat,?unlink,?unlinkat';

let folder = '';
beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'cairn-order-')));
  const body = Buffer.alloc(100_000, 'x');
  const attached = statement(31, { attachments: [declared(body)] });
  const input = [...statements(30), attachmentLine(body), attached].join('\n');
  spawnSync(process.execPath, [PROGRAM, 'import', '-'], { env: environment(join(folder, 'data')), input });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const environment = (data: string): NodeJS.ProcessEnv => ({
  PATH: process.env['PATH'],
  CAIRN_STORAGE: `sqlite:${data}`,
});

/** The system calls of a command, which has to succeed. */
const callsOf = (program: string, data: string, words: readonly string[]): readonly Call[] => {
  const trace = join(mkdtempSync(join(folder, 'trace-')), 'trace');
  const options = ['-f', '-y', '-e', `trace=${CALLS}`, '-e', 'signal=none', '-o', trace];
  const { status, stderr } = spawnSync(STRACE, [...options, process.execPath, program, ...words], {
    env: environment(data),
  });
  expect([status, status === 0 ? '' : String(stderr)]).toEqual([0, '']);
  return readTrace(readFileSync(trace, 'utf8')).filter(({ result }) => !result.startsWith('-1'));
};

type Judged = {
  /** What a power cut would take of what is below `top`, at the moment at which `name` gets its name. */
  readonly lost: readonly string[];
  /** Whether that name itself was made to last afterwards. */
  readonly lasts: boolean;
  /** What had been renamed below `top` before, by its path from there. */
  readonly renamed: readonly string[];
};

const judge = (calls: readonly Call[], top: string, name: string): Judged => {
  const disk = watchedDisk();
  const paths = new Set<string>();
  const renamed: string[] = [];
  for (const [at, call] of calls.entries()) {
    const on = /^\d+<([^>]*)>/.exec(call.arguments)?.[1] ?? '';
    const names = [...call.arguments.matchAll(/"([^"]*)"/g)].map(([, path]) => path ?? '');
    const last = names.at(-1) ?? '';
    if (call.name.startsWith('rename') && last === name) {
      const lost = [...paths].filter((path) => !disk.keeps(path));
      const unnamed = [...paths].flatMap((path) => disk.losesNames(path, `${top}/`));
      const lasts = calls.slice(at).some((later) => later.arguments.endsWith(`<${dirname(name)}>`));
      return { lost: [...new Set([...lost, ...unnamed])], lasts, renamed };
    }
    if (call.name.startsWith('rename')) renamed.push(relative(top, last));
    take(disk, paths, { call, on, last, from: names[0] ?? '' }, top);
  }
  throw new Error(`Nothing was renamed to ${name}.`);
};

type Seen = { readonly call: Call; readonly on: string; readonly last: string; readonly from: string };

const take = (
  disk: ReturnType<typeof watchedDisk>,
  paths: Set<string>,
  { call, on, last, from }: Seen,
  top: string,
): void => {
  const note = (path: string) => {
    if (path.startsWith(`${top}/`) && !path.includes('/lock.db')) paths.add(path);
  };
  const makes = /^mkdir/.test(call.name) || call.arguments.includes('O_CREAT');
  if (/^f(data)?sync$/.test(call.name)) {
    disk.sync(on)();
  } else if (/^unlink/.test(call.name)) {
    paths.delete(last);
  } else if (/^rename/.test(call.name)) {
    disk.rename(from, last);
    note(last);
  } else if (makes) {
    disk.appear(last);
    note(last);
  } else if (call.name !== 'openat') {
    disk.write(on);
    note(on);
  }
};

const backUp = (program: string): Judged => {
  const target = join(mkdtempSync(join(folder, 'target-')), 'backup');
  const calls = callsOf(program, join(folder, 'data'), ['backup', '--no-verify', target]);
  const partial = calls.map((call) => /"([^"]*\.partial-\w+)"/.exec(call.arguments)?.[1]).find(Boolean);
  return judge(calls, partial as string, target);
};

let backup: string | undefined;
const restore = (program: string): Judged => {
  if (backup === undefined) {
    backup = join(folder, 'backup');
    spawnSync(process.execPath, [PROGRAM, 'backup', backup], { env: environment(join(folder, 'data')) });
  }
  const data = join(mkdtempSync(join(folder, 'again-')), 'data');
  return judge(callsOf(program, data, ['restore', backup]), data, join(data, 'log.db'));
};

const mutant = (...changes: readonly Change[]): string =>
  plantProgram(mkdtempSync(join(folder, 'mutant-')), changes);

watched('under strace', () => {
  it('a backup gets its name when all that is in it would survive a power cut', () => {
    expect(backUp(PROGRAM)).toEqual({ lost: [], lasts: true, renamed: [] });
  });

  it('a restored log gets its name when all else would survive a power cut', () => {
    expect(restore(PROGRAM)).toEqual({ lost: [], lasts: true, renamed: ['attachments'] });
  });

  it.each<[string, RegExp, Change]>([
    [
      'an attachment',
      /attachments\/../,
      [/\n {4}fsyncSync\(file\);\n {4}return digest;/, '\n    return digest;', 'backup-writer.js'],
    ],
    ['the manifest', /manifest\.json/, [/(await file\.writeFile\(text\d*\);)\s+await file\.sync\(\);/, '$1']],
    ['names', /attachments\/../, [/await syncFolders\(partial, files\);/, '']],
  ])('a backup that leaves %s unsynced is seen', (_what, path, change) => {
    expect(backUp(mutant(change)).lost.join('\n')).toMatch(path);
  });

  it.each<[string, RegExp, Change]>([
    ['names', /restore\.partial\/log\.db/, [/await syncFolders\(aside, files\);/, '']],
    [
      'the folder of attachments',
      /data\/attachments$/,
      [/(ATTACHMENTS\), join\d*\(folder, ATTACHMENTS\)\);)\s+await syncFolder\(folder\);/, '$1'],
    ],
  ])('a restore that leaves %s unsynced is seen', (_what, path, change) => {
    expect(restore(mutant(change)).lost.join('\n')).toMatch(path);
  });
});
