import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../../house/source-files.ts';

/** Texts by the names of their files. */
export type DemoFiles = Readonly<Record<string, string>>;

/** Runs the command, reads what it has written, and leaves nothing behind. */
export const makeDemo = (...args: string[]): DemoFiles => {
  const folder = mkdtempSync(join(tmpdir(), 'cairn-demo-'));
  try {
    const command = [join(ROOT, 'scripts/demo-streams.mjs'), '--out', folder, ...args];
    const { status, stderr } = spawnSync(process.execPath, command, { cwd: ROOT, encoding: 'utf8' });
    if (status !== 0) throw new Error(stderr);
    return Object.fromEntries(
      readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

export const linesOf = (files: DemoFiles, name: string): string[] =>
  (files[name] as string).split('\n').filter((line) => line !== '');

/** Rows of a CSV file by the names of its header (RFC 4180). */
export const rowsOf = (files: DemoFiles, name: string): Record<string, string>[] => {
  const [header = [], ...rows] = (files[name] as string)
    .trimEnd()
    .split('\r\n')
    .map((line) =>
      [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
        ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '',
      ),
    );
  return rows.map((cells) => Object.fromEntries(header.map((name, index) => [name, cells[index] ?? ''])));
};
