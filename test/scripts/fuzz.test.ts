import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '../..');
let folder = '';

jest.setTimeout(60_000);

type Ended = { readonly code: number | null; readonly out: string; readonly complaints: string };

/** Runs the command beside others of its kind. */
const fuzz = (...args: string[]): Promise<Ended> =>
  new Promise((done) => {
    const command = ['scripts/fuzz.mjs', '--seed', '7', '--folder', folder, ...args];
    const child = spawn(process.execPath, command, { cwd: ROOT });
    let [out, complaints] = ['', ''];
    child.stdout.on('data', (text) => {
      out += text;
    });
    child.stderr.on('data', (text) => {
      complaints += text;
    });
    child.once('close', (code) => done({ code, out, complaints }));
  });

/** A program that listens like Cairn and answers everything in one way. */
const plant = (name: string, answer: string): string => {
  const path = join(folder, `${name}.cjs`);
  writeFileSync(
    path,
    `const server = require('node:http').createServer((request, response) => {
      request.resume().on('end', () => { ${answer} });
    });
    server.listen(0, '127.0.0.1', () => console.log(JSON.stringify({ listening: 'http://127.0.0.1:' + server.address().port })));
    process.on('SIGTERM', () => process.exit(0));`,
  );
  return path;
};

const REFUSAL = JSON.stringify({
  reason: 'statement-invalid',
  message: 'No.',
  problems: [{ pointer: '', message: 'No.' }],
});
const refusing = (status: number) =>
  `response.writeHead(${status}, { 'Content-Type': 'application/json' }).end(${JSON.stringify(REFUSAL)});`;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cairn-fuzz-test-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('npm run fuzz', () => {
  it('finds nothing wrong with Cairn, says what it sent, and leaves nothing behind', async () => {
    const { code, out, complaints } = await fuzz('--requests', '120', '--late', '20000');
    expect({ code, wrong: complaints.match(/WRONG .*/g) }).toEqual({ code: 0, wrong: null });
    expect(out).toMatch(/^120 requests and \d+ look-ups in \d+ s, seed 7:/);
    expect(readdirSync(folder)).toEqual([]);
  });

  it.each<[name: string, answer: string, says: RegExp, more: string[]]>([
    ['refuses everything', refusing(400), /it is valid and was answered with 400/, []],
    ['refuses without a word', 'response.writeHead(400).end("no");', /it was refused with 400 and no/, []],
    ['is at fault', refusing(500), /it was answered with 500/, []],
    ['accepts everything', 'response.writeHead(204).end();', /it is not valid and was answered with 204/, []],
    [
      'loses what it accepts',
      'response.writeHead(request.method === "GET" ? 404 : 204).end();',
      /is answered with 404/,
      [],
    ],
    [
      'hangs',
      `setTimeout(() => { ${refusing(400)} }, 60);`,
      /took \d+ ms, and as long once more/,
      ['--late', '20'],
    ],
    ['closes', 'request.socket.destroy();', /there was no answer/, []],
  ])('fails a program that %s', async (name, answer, says, more) => {
    const program = plant(name.replaceAll(' ', '-'), answer);
    const { code, complaints } = await fuzz('--requests', '60', '--program', program, ...more);
    expect(code).toBe(1);
    expect(complaints).toMatch(says);
    expect(complaints).toMatch(/again: npm run fuzz -- --seed 7 --only \d+/);
  });

  it('sends one request alone, the same as among others, and shows it with its answer', async () => {
    const program = plant('alone', refusing(400));
    const { complaints } = await fuzz('--requests', '30', '--program', program);
    const [, only = ''] = /valid and was answered.*\n.*--only (\d+)/.exec(complaints) ?? [];
    const one = await fuzz('--only', only, '--program', program);
    expect(one.code).toBe(1);
    expect(one.complaints).toMatch(/WRONG it is valid and was answered with 400/);
    expect(one.out).toMatch(/which has to be accepted\n\n(?:POST|PUT|GET|HEAD) \/xapi/i);
    expect((await fuzz('--only', only)).code).toBe(0);
  });

  it('refuses options that it does not know, and corpora that are not there', async () => {
    expect((await fuzz('--requests', 'x')).code).toBe(2);
    mkdirSync(join(folder, 'empty'));
    const { code, complaints } = await fuzz('--requests', '1', '--corpora', join(folder, 'empty'));
    expect(code).toBe(1);
    expect(complaints).toMatch(/ENOENT|there is no/);
  });
});
