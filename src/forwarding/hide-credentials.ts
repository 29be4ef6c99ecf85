import { escapeHtml } from '../xapi/escape-html.ts';
import type { Target } from './target.ts';

/** Where something has been taken out. */
const HIDDEN = '…';

/**
 * A text without the secret of a target, whichever way an answer may repeat it: as it is, in the header it was sent in,
 * or escaped in JSON, a URL or HTML. Whoever answers an error may quote the request.
 */
export const hideCredentials = ({ key, secret }: Pick<Target, 'key' | 'secret'>, text: string): string => {
  const shapes = [
    credentialsOf(key, secret),
    secret,
    JSON.stringify(secret).slice(1, -1),
    encodeURIComponent(secret),
    escapeHtml(secret),
  ];
  return shapes
    .filter((shape) => shape !== '')
    .reduce(
      (left, shape) => left.replaceAll(shape, HIDDEN).replaceAll(shape.replace(/=+$/, ''), HIDDEN),
      text,
    );
};

/** As Basic has them (RFC 7617). */
export const credentialsOf = (key: string, secret: string): string =>
  Buffer.from(`${key}:${secret}`).toString('base64');
