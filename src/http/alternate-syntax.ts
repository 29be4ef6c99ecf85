import { type Rejection, reject } from '../xapi/rejection.ts';
import type { Method } from './exchange.ts';
import { readForm } from './parameters.ts';

/** A request as it is meant: the form of the alternate syntax unfolded (1.0.3 Communication 1.3). */
export type Meant = {
  readonly method: Method;
  readonly parameters: ReadonlyMap<string, string>;
  /** Headers that the form gave, by lower-case name; they stand before those of the request. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Buffer;
  readonly isForm: boolean;
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
 * @throws Rejection `parameter-invalid` or `body-invalid`.
 */
export const readAlternateSyntax = (query: ReadonlyMap<string, string>, body: Buffer): Meant => {
  if (query.size > 1) throw refused('Beside method the query has to be empty; the form carries the parameters.');
  const method = query.get('method') ?? '';
  if (!METHODS.includes(method)) throw refused(`method is one of ${METHODS.join(', ')}, not ${method.slice(0, 40)}.`);
  const headers = new Map<string, string>();
  const parameters = new Map<string, string>();
  let content: string | undefined;
  for (const [name, value] of readForm(body.toString('utf8'))) {
    if (name === 'content') content = value;
    else if (HEADERS.includes(name.toLowerCase())) headers.set(name.toLowerCase(), value);
    else parameters.set(name, value);
  }
  const writes = method === 'PUT' || method === 'POST';
  if (writes && content === undefined) {
    throw reject('body-invalid', '/content', `${method} needs the form field content.`, 'Communication 1.3');
  }
  return {
    method: method === 'HEAD' ? 'GET' : (method as Method),
    parameters,
    headers,
    body: writes ? Buffer.from(content as string) : Buffer.alloc(0),
    isForm: true,
  };
};

const refused = (message: string): Rejection =>
  reject('parameter-invalid', '/method', message, 'Communication 1.3');
