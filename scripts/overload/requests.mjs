import { createStatements } from '../bench/statements.mjs';

/** Requests that are ready to be sent, but for the ids of their statements. */
const KINDS = 64;
const ID = /"id":"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"/;
const TAIL_AT = 24;
const SPREAD = 0x9e3779b1;

const hex = (number, digits) => number.toString(16).padStart(digits, '0');

/** The middle of every id of a run. */
const middleOf = (seed) => `-${hex(seed & 0xffff, 4)}-4${hex((seed >>> 16) & 0xfff, 3)}-8000-`;

/** The id of statement `index` of request `number`: known by both, and spread as those that are drawn are. */
export const idOf = (seed, number, index) => {
  const tail = number * 64 + index;
  return `${hex(Math.imul(tail + 1, SPREAD) >>> 0, 8)}${middleOf(seed)}${hex(tail, 12)}`;
};

const DIGITS = Buffer.from('0123456789abcdef');

const writeHex = (bytes, number, at, digits) => {
  let left = number;
  for (let place = at + digits - 1; place >= at; place -= 1) {
    bytes[place] = DIGITS[left & 15];
    left = left > 0x7fffffff ? Math.floor(left / 16) : left >>> 4;
  }
};

/** @returns {{ bytes: Buffer, places: number[] }} one request, and where its ids stand */
const makeRequest = (statements, size, seed, head) => {
  const texts = Array.from({ length: size }, (_, index) =>
    statements.next().text.replace(ID, `"id":"${idOf(seed, 0, index)}"`),
  );
  const body = Buffer.from(size === 1 ? texts[0] : `[${texts.join(',')}]`);
  const bytes = Buffer.concat([Buffer.from(head(body.length)), body]);
  const places = texts.map((_, index) => bytes.indexOf(idOf(seed, 0, index)));
  return { bytes, places };
};

/**
 * Requests of one size. One is taken, sent and given back once it has been answered, so that nothing is made while the
 * clock runs but the ids.
 */
export const requestPool = ({ seed, size, host, authorization }) => {
  const statements = createStatements(seed);
  const head = (length) =>
    `POST /xapi/statements HTTP/1.1\r\nHost: ${host}\r\nX-Experience-API-Version: 1.0.3\r\nAuthorization: ${authorization}\r\n` +
    `Content-Type: application/json\r\nContent-Length: ${length}\r\n\r\n`;
  const kinds = Array.from({ length: KINDS }, () => makeRequest(statements, size, seed, head));
  const free = [];
  let made = 0;

  const take = (number) => {
    const request = free.pop() ?? copyOf(kinds[made++ % KINDS]);
    for (let index = 0; index < size; index += 1) {
      const tail = number * 64 + index;
      writeHex(request.bytes, Math.imul(tail + 1, SPREAD) >>> 0, request.places[index], 8);
      writeHex(request.bytes, tail, request.places[index] + TAIL_AT, 12);
    }
    return request;
  };
  return { size, take, giveBack: (request) => free.push(request) };
};

const copyOf = ({ bytes, places }) => ({ bytes: Buffer.from(bytes), places });
