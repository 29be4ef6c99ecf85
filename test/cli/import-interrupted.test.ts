import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cairn, cleanUp, newFolder, startCairn } from './cairn.ts';
import { storedHere } from './import-here.ts';
import { attachmentLine, declared, statement, statements } from './statements.ts';

jest.setTimeout(60_000);
afterEach(cleanUp);

let folder = '';
beforeEach(() => {
  folder = newFolder();
});

const stored = () => storedHere(folder);

describe('an import that is interrupted', () => {
  const COUNT = 4_000;

  /** How far the one import of the store has come. */
  const progress = (): number => {
    const imports = join(folder, 'data', 'imports');
    const name = existsSync(imports) ? readdirSync(imports).find((one) => one.endsWith('.json')) : undefined;
    if (name === undefined) return 0;
    return (JSON.parse(readFileSync(join(imports, name), 'utf8')) as { read: number }).read;
  };

  it.each(['SIGKILL', 'SIGINT'] as const)('by %s goes on where it stopped', async (signal) => {
    const body = Buffer.from('waits');
    const last = statement(COUNT, { attachments: [declared(body)] });
    const path = join(folder, 'source');
    writeFileSync(path, [attachmentLine(body), ...statements(COUNT - 1), last].join('\n'));
    const child = startCairn(join(folder, 'data'), ['import', path]);
    const ended = new Promise<number | null>((done) => child.once('exit', done));
    while (progress() === 0) await new Promise((done) => setTimeout(done, 2));
    child.kill(signal);
    expect(await ended).toBe(signal === 'SIGINT' ? 130 : null);
    const reached = progress();
    expect(reached).toBeGreaterThan(0);
    expect(reached).toBeLessThan(COUNT);

    const { code, out, err } = await cairn(join(folder, 'data'), 'import', path);
    expect(err).toContain(`Going on behind ${reached.toLocaleString('en')}, where it was interrupted.\n`);
    expect(code).toBe(0);
    const counts = /^4,001 read: ([\d,]+) stored, ([\d,]+) already there, 0 refused, and 1 attachments/.exec(
      out,
    );
    const [first = 0, again = 0] = (counts ?? []).slice(1).map((count) => Number(count.replace(',', '')));
    expect(first + again).toBe(COUNT);
    expect(again).toBeLessThanOrEqual(500);
    expect(new Set((await stored()).map(({ id }) => id)).size).toBe(COUNT);
    expect(progress()).toBe(0);
  });
});
