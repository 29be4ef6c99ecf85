import { connect } from 'node:net';
import { cairnOfFile } from './start-cairn.ts';

const file = cairnOfFile({ settings: { defaultVersion: '2.0.0' } });

/** What comes back on one connection for these bytes, until it is closed. */
const answerTo = async (...pieces: readonly string[]): Promise<string> => {
  const { port } = new URL((await file.cairn.bare.get('/xapi/about')).request.url);
  const socket = connect(Number(port), '127.0.0.1');
  for (const piece of pieces) socket.write(piece);
  let text = '';
  for await (const chunk of socket) text += String(chunk);
  return text;
};

const ABOUT = 'GET /xapi/about HTTP/1.1\r\nHost: x\r\n';
const CHUNKED = () =>
  `POST /xapi/statements HTTP/1.1\r\nHost: x\r\nAuthorization: ${file.cairn.master.authorization}\r\nX-Experience-API-Version: 2.0.0\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n`;

describe('what is no HTTP as it should be has the headers of every answer', () => {
  it.each<[number, string, () => readonly string[]]>([
    [400, 'a bad request line', () => ['GET /xapi/about HTTQ\r\n\r\n']],
    [400, 'a bad request behind a good one', () => [`${ABOUT}\r\n`, 'nonsense\r\n\r\n']],
    [400, 'a bad chunk', () => [CHUNKED(), 'zz\r\n']],
    [431, 'headers that are too long', () => [`${ABOUT}X-Long: ${'x'.repeat(300_000)}\r\n\r\n`]],
    [417, 'an expectation', () => [`${ABOUT}Expect: a-miracle\r\nConnection: close\r\n\r\n`]],
  ])('%i for %s', async (status, _name, pieces) => {
    const text = await answerTo(...pieces());
    const last = text.slice(text.lastIndexOf('HTTP/1.1 '));
    const [head = '', body = ''] = last.split('\r\n\r\n');
    expect(head).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    const lines = head.toLowerCase().split('\r\n');
    expect(lines).toEqual(
      expect.arrayContaining([
        'access-control-allow-origin: *',
        'x-experience-api-version: 2.0.0',
        'content-type: application/json',
        'connection: close',
        `content-length: ${body.length}`,
      ]),
    );
    const { reason, message, problems } = JSON.parse(body);
    expect(reason).toBe('header-invalid');
    expect(problems).toEqual([expect.objectContaining({ message })]);
  });

  it('and a request whose headers are long, but not too long, is one', async () => {
    expect(await answerTo(`${ABOUT}X-Long: ${'x'.repeat(60_000)}\r\nConnection: close\r\n\r\n`)).toMatch(
      /^HTTP\/1\.1 200 /,
    );
  });
});
