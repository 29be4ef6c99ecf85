import { type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { type Rejection, reject } from '../xapi/rejection.ts';
import type { Family } from '../xapi/statement.ts';
import type { Reply } from './exchange.ts';
import { ANY_ORIGIN, headersOf, refusal, send } from './reply.ts';
import { familyAsked } from './version.ts';
import { newRequestId } from './visit.ts';

/** In milliseconds: how long a connection lasts after such an answer, for who sends on before reading it. */
const LINGER = 2000;

type ParseError = NodeJS.ErrnoException;

/**
 * Gives what Node answers by itself the headers and the body of every other answer: to what is no HTTP (400), headers
 * that are too long (431), a request that takes too long (408) and an expectation that is not met (417).
 */
export const refuseMalformed = (server: Server, family: Family): void => {
  const answered = new WeakSet<Duplex>();
  server.on('clientError', (error: ParseError, socket) => {
    // Whatever comes behind what was no HTTP is none either.
    if (answered.has(socket)) return;
    if (!isAnswerable(error, socket)) {
      socket.destroy(error);
      return;
    }
    answered.add(socket);
    socket.end(
      written(replyTo(error), {
        ...ANY_ORIGIN,
        'X-Experience-API-Version': family,
        'X-Request-Id': newRequestId(),
      }),
    );
    setTimeout(() => socket.destroy(), LINGER).unref();
  });
  server.on('checkExpectation', ({ headers }: IncomingMessage, response: ServerResponse) => {
    const asked = familyAsked(String(headers['x-experience-api-version']), family);
    const message = 'The only expectation that is met is 100-continue.';
    const reply = { ...refusal(reject('header-invalid', '/Expect', message)), status: 417 };
    send(response, reply, {
      ...ANY_ORIGIN,
      'X-Experience-API-Version': asked,
      'X-Request-Id': newRequestId(),
      Connection: 'close',
    });
  });
};

/** As Node has it: not when an answer has begun, which this would only spoil, nor when nobody could read it. */
const isAnswerable = ({ code = '' }: ParseError, socket: Duplex): boolean => {
  const { _httpMessage: begun } = socket as Duplex & { _httpMessage?: ServerResponse | null };
  const isOfHttp = code.startsWith('HPE_') || code === TOO_SLOW;
  return isOfHttp && socket.writable && begun?.headersSent !== true;
};

const TOO_SLOW = 'ERR_HTTP_REQUEST_TIMEOUT';

const replyTo = ({ code }: ParseError): Reply => {
  const { status, rejection } = meaningOf(code);
  return { ...refusal(rejection), status };
};

const meaningOf = (code: string | undefined): { readonly status: number; readonly rejection: Rejection } => {
  switch (code) {
    case 'HPE_HEADER_OVERFLOW':
      return { status: 431, rejection: invalid('The request line and the headers are too long.') };
    case 'HPE_CHUNK_EXTENSIONS_OVERFLOW':
      return { status: 413, rejection: reject('too-large', '', 'The chunk extensions are too long.') };
    case TOO_SLOW:
      return { status: 408, rejection: reject('body-invalid', '', 'The request did not come in time.') };
    default:
      return { status: 400, rejection: invalid('This is not HTTP as RFC 9112 has it.') };
  }
};

const invalid = (message: string): Rejection => reject('header-invalid', '', message);

/** An answer as it goes over the wire. */
const written = (reply: Reply, common: Readonly<Record<string, string>>): string => {
  const lines = Object.entries({ ...headersOf(reply, common), Connection: 'close' });
  const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  return `HTTP/1.1 ${reply.status} ${STATUS_CODES[reply.status]}\r\n${head}\r\n${reply.body}`;
};
