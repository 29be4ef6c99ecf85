import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ROOT, readText, sourceFiles, tableRows } from './source-files.ts';

type Violation = { readonly rule: { readonly name: string }; readonly from: string; readonly to: string };
type Report = { readonly summary: { readonly violations: Violation[]; readonly totalCruised: number } };

const CONFIGURATION = join(ROOT, 'scripts/house/rooms.cjs');
const table = tableRows(readText('specs/architecture.md'));
const headAt = table.findIndex((cells) => cells.join() === 'room,holds,may import');
const rows = table.slice(headAt + 1).filter((cells) => cells.length === 3);
const rooms = rows.map(([room]) => room ?? '');

/** Each rule with a file that breaks it: its path and what it imports, which is planted too. */
const BREACHES: [rule: string, path: string, text: string][] = [
  ['no-circle', 'src/ledger/a.ts', "import './b.ts';"],
  ['no-new-room-without-a-line-in-the-table', 'src/extras/a.ts', "import './b.ts';"],
  ['main-only-calls-the-cli', 'src/main.ts', "import './http/target.ts';"],
  ['backends-are-strangers', 'src/storage/sqlite/a.ts', "import '../mongodb/target.ts';"],
  ['drivers-stay-in-storage', 'src/statements/a.ts', "import '@photostructure/sqlite';"],
  ['drivers-stay-in-storage', 'src/statements/b.ts', "import 'node:sqlite';"],
  [
    'express-and-passport-stay-in-http',
    'src/cli/a.ts',
    "import type { Express } from 'express';\nexport type A = Express;",
  ],
  ['express-and-passport-stay-in-http', 'src/credentials/b.ts', "import 'passport-http';"],
  ['figures-stay-in-http', 'src/cli/d.ts', "import 'prom-client';"],
  ['logs-and-traces-stay-in-cli', 'src/http/c.ts', "import 'pino';"],
  ['logs-and-traces-stay-in-cli', 'src/storage/b.ts', "import '@opentelemetry/api';"],
  ['sub-folders-are-private', 'src/cli/b.ts', "import '../storage/sqlite/target.ts';"],
  ['the-language-of-the-standard-does-no-io', 'src/xapi/a.ts', "import 'node:fs';"],
  ['the-language-of-the-standard-does-no-io', 'src/ledger/c.ts', "import 'http';"],
  [
    'xapi-imports-only-from-below',
    'src/xapi/b.ts',
    "import type { T } from '../http/target.ts';\nexport type B = T;",
  ],
  ['ledger-imports-only-from-below', 'src/ledger/d.ts', "import '../statements/target.ts';"],
  ['statements-imports-only-from-below', 'src/statements/c.ts', "import '../documents/target.ts';"],
  ['documents-imports-only-from-below', 'src/documents/a.ts', "import '../statements/target.ts';"],
  ['credentials-imports-only-from-below', 'src/credentials/a.ts', "import '../documents/target.ts';"],
  ['people-imports-only-from-below', 'src/people/a.ts', "import '../metrics/target.ts';"],
  ['metrics-imports-only-from-below', 'src/metrics/a.ts', "import '../forwarding/target.ts';"],
  ['forwarding-imports-only-from-below', 'src/forwarding/a.ts', "import '../http/target.ts';"],
  ['storage-imports-only-from-below', 'src/storage/a.ts', "import '../http/target.ts';"],
  ['http-imports-only-from-below', 'src/http/a.ts', "import '../storage/target.ts';"],
  [
    'http-imports-only-from-below',
    'src/http/b.ts',
    "export const load = () => import('../storage/target.ts');",
  ],
  ['cli-imports-only-from-below', 'src/cli/c.ts', "import '../main.ts';"],
];

const TARGETS = [
  ...rooms.map((room) => [`src/${room}/target.ts`, 'export type T = 1;'] as const),
  ['src/storage/sqlite/target.ts', 'export type T = 1;'] as const,
  ['src/storage/mongodb/target.ts', 'export type T = 1;'] as const,
  ['src/ledger/b.ts', "import './a.ts';"] as const,
  ['src/extras/b.ts', 'export type T = 1;'] as const,
];

/** What dependency-cruiser says of a project that consists of these files, by the rules of this house. */
const cruise = (files: readonly (readonly [path: string, text: string])[]): Report => {
  const folder = mkdtempSync(join(tmpdir(), 'cairn-rooms-'));
  try {
    for (const [path, text] of files) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), `${text}\n`);
    }
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
    const program = join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
    const args = [program, '--config', CONFIGURATION, '--output-type', 'json', 'src'];
    const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
    expect(stderr).toBe('');
    return JSON.parse(stdout) as Report;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

describe('the table of rooms', () => {
  it('has a row for every folder of src, and no other', () => {
    const folders = readdirSync(join(ROOT, 'src'), { withFileTypes: true }).filter((entry) =>
      entry.isDirectory(),
    );
    expect([...rooms].sort()).toEqual(folders.map(({ name }) => name).sort());
  });

  it('lets a room import only rooms that stand above it', () => {
    const upwards = rows.flatMap(([room, , others], at) =>
      (others?.match(/[a-z]+/g) ?? [])
        .filter((other) => !rooms.slice(0, at).includes(other))
        .map((other) => `${room} → ${other}`),
    );
    expect(upwards).toEqual([]);
  });

  it('is followed by files that exist', () => {
    const named = [...readText('specs/architecture.md').matchAll(/`([a-z]+\/[a-z/-]+\.ts)`/g)].map(
      ([, path]) => path,
    );
    const existing = sourceFiles('src').flatMap(({ path }) => [path, path.replace('src/', '')]);
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter((path) => !path?.startsWith('test/') && !existing.includes(path ?? ''))).toEqual([]);
  });
});

describe('dependency-cruiser', () => {
  const report = cruise([...TARGETS, ...BREACHES.map(([, path, text]) => [path, text] as const)]);

  it.each(BREACHES)('refuses by %s what is planted in %s', (rule, path) => {
    const broken = report.summary.violations.filter(({ from }) => from === path);
    expect(broken.map((violation) => violation.rule.name)).toContain(rule);
  });

  it('has no rule that is not tried here', () => {
    const { forbidden } = require(CONFIGURATION) as { forbidden: { name: string }[] };
    const tried = new Set(BREACHES.map(([rule]) => rule));
    expect(forbidden.map(({ name }) => name).filter((name) => !tried.has(name))).toEqual([]);
  });

  it('accepts what the table allows', () => {
    const { summary } = cruise([
      ['src/main.ts', "import './cli/serve.ts';"],
      ['src/cli/serve.ts', "import '../http/app.ts';\nimport '../storage/open-storage.ts';"],
      ['src/http/app.ts', "import 'express';\nimport '../statements/store.ts';"],
      ['src/storage/open-storage.ts', "import './sqlite/store.ts';"],
      [
        'src/storage/sqlite/store.ts',
        "import '@photostructure/sqlite';\nimport '../../statements/store.ts';",
      ],
      ['src/statements/store.ts', "import '../xapi/statement.ts';\nimport '../ledger/leaf.ts';"],
      ['src/ledger/leaf.ts', "import 'node:crypto';\nimport '../xapi/statement.ts';"],
      ['src/xapi/statement.ts', 'export type Statement = 1;'],
    ]);
    expect(summary.totalCruised).toBeGreaterThan(7);
    expect(summary.violations).toEqual([]);
  });
});
