import { pick } from '../bench/random.mjs';
import { disturbBytes } from './disturb-bytes.mjs';
import { isNotThere } from './statement-cases.mjs';
import { below, chance, plainUuid } from './valid-texts.mjs';

const STATEMENT =
  '{"actor":{"mbox":"mailto:a@b"},"verb":{"id":"http://e.org/v"},"object":{"id":"http://e.org/o"}}';
const CRLF = '\r\n';

/** A whole request that would store a statement under the id. */
const storing = (authorization, id, body = STATEMENT) =>
  [
    `PUT /xapi/statements?statementId=${id} HTTP/1.1`,
    'Host: a',
    `Authorization: ${authorization}`,
    'X-Experience-API-Version: 1.0.3',
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    '',
    body,
  ].join(CRLF);

const opening = (authorization, ...lines) =>
  [
    'POST /xapi/statements HTTP/1.1',
    'Host: a',
    `Authorization: ${authorization}`,
    'X-Experience-API-Version: 1.0.3',
    'Content-Type: application/json',
    ...lines,
  ].join(CRLF);
const chunk = (text) => `${text.length.toString(16)}${CRLF}${text}${CRLF}`;

/** What hides a second request in the body of a first that is no HTTP: it must never be carried out. */
const SMUGGLERS = {
  'CL and TE': (head, hidden) =>
    `${head(`Content-Length: 5`, 'Transfer-Encoding: chunked')}${CRLF}${CRLF}0${CRLF}${CRLF}${hidden}`,
  'TE and CL': (head, hidden) =>
    `${head('Transfer-Encoding: chunked', `Content-Length: ${hidden.length}`)}${CRLF}${CRLF}${chunk('[]')}0${CRLF}${CRLF}${hidden}`,
  'two lengths': (head, hidden) =>
    `${head('Content-Length: 2', `Content-Length: ${hidden.length + 2}`)}${CRLF}${CRLF}[]${hidden}`,
  'a list of lengths': (head, hidden) =>
    `${head(`Content-Length: 2, ${hidden.length}`)}${CRLF}${CRLF}[]${hidden}`,
  'a length with a sign': (head, hidden) => `${head('Content-Length: +2')}${CRLF}${CRLF}[]${hidden}`,
  'a length in hexadecimal': (head, hidden) => `${head('Content-Length: 0x2')}${CRLF}${CRLF}[]${hidden}`,
  'a folded header': (head, hidden) =>
    `${head('Content-Length: 2', 'X-A: b', ' Transfer-Encoding: chunked')}${CRLF}${CRLF}[]${hidden}`,
  'a blank before the colon': (head, hidden) => `${head('Content-Length : 2')}${CRLF}${CRLF}[]${hidden}`,
  'bare line feeds': (head, hidden) => `${head('Content-Length: 2').replaceAll(CRLF, '\n')}\n\n[]${hidden}`,
  'a NUL in a header': (head, hidden) => `${head('X-A: b\0c', 'Content-Length: 2')}${CRLF}${CRLF}[]${hidden}`,
  'a NUL in a name': (head, hidden) => `${head('X\0A: b', 'Content-Length: 2')}${CRLF}${CRLF}[]${hidden}`,
  'a TE that is none': (head, hidden) =>
    `${head('Transfer-Encoding: xchunked')}${CRLF}${CRLF}0${CRLF}${CRLF}${hidden}`,
  'chunked, and not at the end': (head, hidden) =>
    `${head('Transfer-Encoding: chunked, identity')}${CRLF}${CRLF}0${CRLF}${CRLF}${hidden}`,
  'a chunk too short': (head, hidden) =>
    `${head('Transfer-Encoding: chunked')}${CRLF}${CRLF}1${CRLF}[]${CRLF}0${CRLF}${CRLF}${hidden}`,
  'a chunk size that is none': (head, hidden) =>
    `${head('Transfer-Encoding: chunked')}${CRLF}${CRLF}2z${CRLF}[]${CRLF}0${CRLF}${CRLF}${hidden}`,
  'a chunk size beyond all': (head, hidden) =>
    `${head('Transfer-Encoding: chunked')}${CRLF}${CRLF}fffffffffffffffff${CRLF}[]${CRLF}0${CRLF}${CRLF}${hidden}`,
  'a bare CR': (head, hidden) =>
    `${head('X-A: b\rTransfer-Encoding: chunked', 'Content-Length: 2')}${CRLF}${CRLF}[]${hidden}`,
  'no HTTP at all': (_head, hidden) => `\x16\x03\x01\x02\0${CRLF}${hidden}`,
  'another protocol': (head, hidden) =>
    `${head('Content-Length: 2').replace('HTTP/1.1', 'HTTQ/1.1')}${CRLF}${CRLF}[]${hidden}`,
  'a version that is none': (head, hidden) =>
    `${head('Content-Length: 2').replace('HTTP/1.1', 'HTTP/9.9')}${CRLF}${CRLF}[]${hidden}`,
  'HTTP/2': (_head, hidden) => `PRI * HTTP/2.0${CRLF}${CRLF}SM${CRLF}${CRLF}${hidden}`,
  'headers without end': (head, hidden) =>
    `${head(`X-A: ${'x'.repeat(70_000)}`, 'Content-Length: 2')}${CRLF}${CRLF}[]${hidden}`,
};

export const smuggledCase = (random, sendings) => {
  const id = plainUuid(random);
  const name = pick(random, Object.keys(SMUGGLERS));
  const head = (...lines) => opening(sendings.authorization, ...lines);
  const raw = Buffer.from(SMUGGLERS[name](head, storing(sendings.authorization, id)), 'latin1');
  return {
    ...{ kind: 'socket', acts: [name], expects: 'refused', raw },
    check: (_heard, ask) => isNotThere(ask, sendings, id),
  };
};

const ALONE = [
  () => '',
  () => CRLF.repeat(50),
  () => 'GET',
  () => `GET / HTTP/1.1${CRLF}`,
  () => `GET /xapi/about HTTP/1.0${CRLF}${CRLF}`,
  () => `GET /xapi/about HTTP/1.1${CRLF}Host: a${CRLF}Host: b${CRLF}${CRLF}`,
  () => `CONNECT a:1 HTTP/1.1${CRLF}Host: a${CRLF}${CRLF}`,
  () => `OPTIONS * HTTP/1.1${CRLF}Host: a${CRLF}${CRLF}`,
  () => `GET http://user:x@other/xapi/about HTTP/1.1${CRLF}Host: a${CRLF}${CRLF}`,
  () => `GET /xapi/${'../'.repeat(20)}etc/passwd HTTP/1.1${CRLF}Host: a${CRLF}${CRLF}`,
  () => `GET /xapi/%2e%2e%2f%00 HTTP/1.1${CRLF}Host: a${CRLF}${CRLF}`,
  () => `GET ${'/a'.repeat(20_000)} HTTP/1.1${CRLF}Host: a${CRLF}${CRLF}`,
  () =>
    `GET /xapi/about HTTP/1.1${CRLF}Host: a${CRLF}Upgrade: websocket${CRLF}Connection: Upgrade${CRLF}${CRLF}`,
  () => `GET /xapi/about HTTP/1.1${CRLF}Host: a${CRLF}${'X: y\r\n'.repeat(3000)}${CRLF}`,
];
/** A good request whose bytes were changed, or something that is hardly one. */
export const disturbedSocketCase = (random, sendings) => {
  if (chance(random, 0.3)) {
    const text = pick(random, ALONE)();
    return { kind: 'socket', acts: ['alone'], expects: 'anything', raw: Buffer.from(text, 'latin1') };
  }
  const whole = Buffer.from(storing(sendings.authorization, plainUuid(random)), 'latin1');
  const several = chance(random, 0.3)
    ? Buffer.concat([whole, whole, whole].slice(0, 2 + below(random, 2)))
    : whole;
  const { bytes, names } = disturbBytes(random, several);
  return { kind: 'socket', acts: names, expects: 'anything', raw: bytes };
};
