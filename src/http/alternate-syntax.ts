import { isUtf8 } from 'node:buffer';
import { type Rejection, reject } from '../xapi/rejection.ts';
import type { Method } from './exchange.ts';
import { readForm } from './parameters.ts';

/** A request as it is meant: the form of the alternate syntax unfolded (1.0.3 Communication 1.3). */
export type Meant = {
  readonly method: Method;
  readonly parameters: ReadonlyMap<string, string>;
  /** Headers that the form gave, by lower-case name; they stand before those of the request. */
  readonly headers: ReadonlyMap<string, string>;
  /** Absent when it is still to be read. */
  readonly body?: Buffer;
  readonly isForm: boolean;
  /** Whether only the headers of the answer are wanted. */
  readonly isHead?: boolean;
};

/** Form fields that are headers; all others but `content` are parameters. */
const HEADERS = [
  'authorization',
  'x-experience-api-version',
  'content-type',
  'content-length',
  'if-match',
  'if-none-match',
  'accept-language',
  'accept',
];

const METHODS: readonly string[] = ['GET', 'PUT', 'POST', 'DELETE', 'HEAD'];

/**
 * Unfolds `POST …?method=PUT` with its form. Old players send the form without a usable Content-Type, so none is
 * asked for.
 *
 * @throws Rejection `parameter-invalid`, `body-invalid` or `header-invalid`.
 */
export const readAlternateSyntax = (query: ReadonlyMap<string, string>, body: Buffer): Meant => {
  if (query.size > 1)
    throw refused('Beside method the query has to be empty; the form carries the parameters.');
  const method = query.get('method') ?? '';
  if (!METHODS.includes(method)) {
    throw refused(`method is one of ${METHODS.join(', ')}, not ${method.slice(0, 40)}.`);
  }
  if (!isUtf8(body)) throw reject('body-invalid', '', 'The form is not valid UTF-8.', 'Communication 1.3');
  const form = readForm(body.toString('utf8'));
  const fields = [...form].filter(([name]) => name !== 'content');
  const isHeader = (name: string) => HEADERS.includes(name.toLowerCase());
  return {
    method: method === 'HEAD' ? 'GET' : (method as Method),
    parameters: new Map(fields.filter(([name]) => !isHeader(name))),
    headers: new Map(fields.filter(([name]) => isHeader(name)).map(headerField)),
    body: contentOf(method, form.get('content')),
    isForm: true,
    isHead: method === 'HEAD',
  };
};

/** What could not stand in a header cannot be sent back in one. */
const headerField = ([name, value]: readonly [string, string]): [string, string] => {
  if (/^[\t\x20-\x7e\x80-\xff]*$/.test(value)) return [name.toLowerCase(), value];
  const message = `${name} has characters that a header cannot have.`;
  throw reject('header-invalid', `/${name}`, message, 'Communication 1.3');
};

const contentOf = (method: string, content: string | undefined): Buffer => {
  if (method !== 'PUT' && method !== 'POST') return Buffer.alloc(0);
  if (content !== undefined) return Buffer.from(content);
  throw reject('body-invalid', '/content', `${method} needs the form field content.`, 'Communication 1.3');
};

const refused = (message: string): Rejection =>
  reject('parameter-invalid', '/method', message, 'Communication 1.3');
