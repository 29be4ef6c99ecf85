import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cleanUp, newFolder } from './cairn.ts';
import { importHere } from './import-here.ts';
import { attachmentLine, declared, sha256, statement, uuid } from './statements.ts';

jest.setTimeout(60_000);
afterEach(cleanUp);

let folder = '';
beforeEach(() => {
  folder = newFolder();
});

const importText = (text: string | Buffer, ...options: string[]) => importHere(folder, text, ...options);

describe('cairn import', () => {
  it('takes attachments that come before, and those that are stored; and refuses what has none', async () => {
    const body = Buffer.from('one');
    const other = Buffer.from('two');
    const withBody = (number: number, bytes: Buffer) => statement(number, { attachments: [declared(bytes)] });
    const lines = [
      withBody(1, Buffer.from('none')),
      attachmentLine(body),
      withBody(2, body),
      attachmentLine(other),
      attachmentLine(Buffer.from('three')).replace(sha256(Buffer.from('three')), sha256(Buffer.from('four'))),
    ];
    const path = join(folder, 'refused');
    const { code, out, err } = await importText(lines.join('\n'), '--refused', path);
    expect([code, out]).toEqual([1, '5 read: 1 stored, 0 already there, 3 refused, and 1 attachments.\n']);
    expect(err).toContain(`line 1, ${uuid(1)}: attachment-invalid\n  /attachments/0: `);
    expect(err).toContain(
      'line 5: attachment-invalid\n  /attachment/content: These 5 bytes do not give the sha2.',
    );
    expect(err).toContain('line 4');
    expect(err).toContain('/attachment/sha2: No statement behind it names this attachment.');
    expect((await importText(withBody(3, body))).out).toBe('1 read: 1 stored, 0 already there, 0 refused.\n');
    // What was refused can be imported once the rest of it is there.
    expect(readFileSync(path, 'utf8').split('\n')).toEqual([lines[0], lines[4], lines[3], '']);
  });

  it('takes documents once, and refuses one that is different', async () => {
    const document = (more: object) =>
      JSON.stringify({
        document: {
          resource: 'state',
          activity: 'https://example.org/a',
          agent: { mbox: 'mailto:a@example.org' },
          id: 'place',
          contentType: 'text/plain',
          content: 'eA==',
          ...more,
        },
      });
    expect((await importText(document({}))).out).toBe('1 read: 1 stored, 0 already there, 0 refused.\n');
    expect((await importText(document({}))).out).toBe('1 read: 0 stored, 1 already there, 0 refused.\n');
    const lines = [
      document({ content: 'eQ==' }),
      document({ registration: 'x' }),
      document({ resource: 'activity-profile' }),
      document({ agent: { name: 'x' } }),
      document({ content: '?' }),
    ];
    const { err } = await importText(lines.join('\n'));
    expect(err.match(/^line \d.*|\/document\/\w+/gm)).toEqual([
      'line 1: document-conflict',
      '/document/id',
      'line 2: document-invalid',
      '/document/registration',
      'line 3: document-invalid',
      '/document/agent',
      'line 4: document-invalid',
      '/document/agent',
      'line 5: document-invalid',
      '/document/content',
    ]);
  });
});
