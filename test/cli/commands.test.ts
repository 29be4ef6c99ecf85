import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { commands } from '../../src/cli/commands.ts';
import { ROOT } from '../house/source-files.ts';
import { cairn, cleanUp, newFolder, runCairn } from './cairn.ts';

jest.setTimeout(60_000);
afterEach(cleanUp);

describe('cairn', () => {
  it('lists every command with --help', async () => {
    const { code, out } = await cairn('.', '--help');
    expect(code).toBe(0);
    const width = Math.max(...commands.map(({ name }) => name.length));
    for (const { name, summary } of commands) expect(out).toContain(`${name.padEnd(width)}  ${summary}`);
  });

  it('says which one it is', async () => {
    const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
    expect(await runCairn('.', ['--version'])).toEqual({ code: 0, out: `${version}\n`, err: '' });
  });

  it.each(commands.map(({ name }) => name))('%s --help names each of its options', async (name) => {
    const { code, out, err } = await cairn('.', ...name.split(' '), '--help');
    expect([code, err]).toEqual([0, '']);
    expect(out).toContain(`Usage: cairn ${name}`);
    const { options } = commands.find((command) => command.name === name) ?? { options: [] };
    for (const option of [...options, { name: 'help' }])
      expect(out).toMatch(new RegExp(`^ {2}--${option.name}\\b`, 'm'));
  });

  it('keys lists its own commands', async () => {
    for (const words of [['keys'], ['keys', '--help']]) {
      const { code, out } = await cairn('.', ...words);
      expect(code).toBe(0);
      expect(out.match(/^ {2}\w+ \w+/gm)).toEqual([
        '  keys create',
        '  keys list',
        '  keys revoke',
        '  keys change',
        '  keys rotate',
      ]);
    }
  });

  it.each([
    ['improt x', 'There is no command cairn improt. Did you mean cairn import?'],
    ['frobnicate', 'There is no command cairn frobnicate. See cairn --help.'],
    ['keys crate', 'There is no command cairn keys crate. Did you mean cairn keys create?'],
    ['import --keep-store x', 'cairn import has no --keep-store. Did you mean --keep-stored?'],
    ['import -x y', 'cairn import has no -x. It knows --keep-stored, --keep-authority, --authority,'],
    ['import', 'cairn import needs <file>.'],
    ['import a b', 'cairn import does not take "b".'],
    ['serve now', 'cairn serve does not take "now".'],
    ['export --output', '--output needs a value: --output FILE.'],
    ['import --dry-run=yes x', '--dry-run takes no value.'],
    ['keys rotate --jsn k', 'cairn keys rotate has no --jsn. Did you mean --json?'],
  ])('%s is answered with what is right, and 2', async (words, message) => {
    const { code, out, err } = await cairn('.', ...words.split(' '));
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(message);
  });

  it('without a command says what there is, and 2', async () => {
    const { code, err } = await cairn('.');
    expect(code).toBe(2);
    expect(err).toContain('Usage: cairn <command>');
  });

  it.each(['keys list', 'keys revoke k', 'keys rotate k', 'export', 'rebuild', 'backup b'])(
    '%s makes no store where there is none',
    async (words) => {
      const folder = newFolder();
      const { code, err } = await cairn(join(folder, 'none'), ...words.split(' '));
      expect(code).toBe(1);
      expect(err).toMatch(
        /^cairn [a-z ]+: There is no store in .*none\. CAIRN_STORAGE says where it is\.\n$/,
      );
    },
  );

  it('tells what is wrong in one line and without a stack', async () => {
    const { code, err } = await runCairn(newFolder(), ['export'], { more: { CAIRN_PORT: 'x' } });
    expect(code).toBe(1);
    expect(err).toBe('cairn export: CAIRN_PORT is a whole number from 0 to 65535, not x.\n');
  });

  it('tells all that is wrong with the settings at once, and no password of them', async () => {
    const more = { CAIRN_PORT: 'x', CAIRN_STORAGE: 'mongodb://user:secret@db.example.org', CAIRN_KEY: 'k' };
    const { code, err } = await runCairn(newFolder(), ['serve'], { more });
    expect(code).toBe(1);
    expect(err).toBe(
      'cairn serve: CAIRN_PORT is a whole number from 0 to 65535, not x.\n' +
        'CAIRN_STORAGE is sqlite:<folder>, not db.example.org.\n' +
        'CAIRN_KEY and CAIRN_SECRET go together.\n',
    );
  });
});
