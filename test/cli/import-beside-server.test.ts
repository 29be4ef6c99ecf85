import { join } from 'node:path';
import { cleanUp, newFolder, serveCairn } from './cairn.ts';
import { importHere, storedHere } from './import-here.ts';
import { attachmentLine, declared, sha256, statement, statements, uuid } from './statements.ts';

jest.setTimeout(60_000);
afterEach(cleanUp);

let folder = '';
beforeEach(() => {
  folder = newFolder();
});

const importText = (text: string | Buffer, ...options: string[]) => importHere(folder, text, ...options);
const stored = () => storedHere(folder);

describe('cairn import beside a running server', () => {
  it('goes through it, and is seen at once', async () => {
    const data = join(folder, 'data');
    const { url, stop } = await serveCairn(data);
    const body = Buffer.from('here');
    const lines = [
      ...statements(600),
      attachmentLine(body),
      statement(601, { attachments: [declared(body)] }),
      '{}',
    ];
    const { code, out } = await importText(lines.join('\n'));
    expect([code, out]).toEqual([
      1,
      '603 read: 601 stored, 0 already there, 1 refused, and 1 attachments.\n',
    ]);
    const response = await fetch(`${url}/xapi/statements?statementId=${uuid(601)}&attachments=true`, {
      headers: {
        Authorization: `Basic ${Buffer.from('first:first-secret').toString('base64')}`,
        'X-Experience-API-Version': '1.0.3',
      },
    });
    expect(await response.text()).toContain(`X-Experience-API-Hash: ${sha256(body)}`);
    expect((await importText(lines.join('\n'))).out).toContain('0 stored, 601 already there, 1 refused');
    const kept = await importText(statement(1), '--keep-stored');
    expect(kept.code).toBe(1);
    expect(kept.err).toContain('Stop it first.');
    expect(await stop()).toBe(0);
    expect(await stored()).toHaveLength(601);
  });
});
