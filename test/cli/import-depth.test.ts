import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cleanUp, newFolder, runCairn, serveCairn } from './cairn.ts';
import { storedHere } from './import-here.ts';
import { statement, uuid } from './statements.ts';

jest.setTimeout(60_000);
afterEach(cleanUp);

/** A statement that is so deep: itself, its context and the extensions are three of it. */
const deep = (number: number, depth: number): string =>
  statement(number, { context: { extensions: { 'a:a': '' } } }).replace(
    '"a:a":""',
    `"a:a":${'['.repeat(depth - 3)}${']'.repeat(depth - 3)}`,
  );

let folder = '';
beforeEach(() => {
  folder = newFolder();
});

const importDeep = (format: 'lines' | 'array', more: NodeJS.ProcessEnv, ...options: string[]) => {
  const texts = [deep(1, 99), deep(2, 100), deep(3, 101), deep(4, 990)];
  const source = join(folder, 'source');
  writeFileSync(source, format === 'lines' ? texts.join('\n') : `[\n${texts.join(',\n')}\n]`);
  return runCairn(join(folder, 'data'), ['import', ...options, source], { more });
};
const HIGHEST = { CAIRN_MAX_DEPTH: '1000' };

describe('cairn import of statements that nest deep', () => {
  it.each(['lines', 'array'] as const)('holds to CAIRN_MAX_DEPTH, from %s', async (format) => {
    const lines = format === 'lines' ? [3, 4] : [4, 5];
    const refusal = (at: number, number: number) =>
      `line ${at}, ${uuid(number)}: too-large\n` +
      '  Arrays and objects are nested more than 100 deep, the limit that CAIRN_MAX_DEPTH sets.\n';
    const refusals = refusal(lines[0] as number, 3) + refusal(lines[1] as number, 4);
    for (const options of [['--dry-run'], []]) {
      const { code, out, err } = await importDeep(format, {}, ...options);
      expect([code, err]).toEqual([1, refusals]);
      expect(out).toContain('2 refused');
    }
    expect(await importDeep(format, HIGHEST, '--dry-run')).toMatchObject({ code: 0, err: '' });
    const { code, out } = await importDeep(format, HIGHEST);
    expect([code, out]).toEqual([0, '4 read: 2 stored, 2 already there, 0 refused.\n']);
    expect((await storedHere(folder)).map(({ id }) => id)).toEqual([1, 2, 3, 4].map(uuid));
    expect((await runCairn(join(folder, 'data'), ['rebuild'])).code).toBe(0);
  });

  it('goes by the setting of the server that runs', async () => {
    const { stop } = await serveCairn(join(folder, 'data'), HIGHEST);
    const { code, out } = await importDeep('lines', { CAIRN_MAX_DEPTH: '10' });
    expect([code, out]).toEqual([0, '4 read: 4 stored, 0 already there, 0 refused.\n']);
    expect(await stop()).toBe(0);
  });
});
