import { type Rejection, reject } from '../xapi/rejection.ts';

/** If-Match and If-None-Match of a request (RFC 9110 §13.1), as sent. */
export type Preconditions = { readonly ifMatch?: string; readonly ifNoneMatch?: string };

/** What may not be overwritten blindly; the differences between resources and versions stand in `specs/xapi.md`. */
export type OverwriteRule = 'free' | 'guard-existing' | 'guard-always';

/**
 * @throws Rejection `precondition-failed` when If-Match or If-None-Match does not hold for what is present.
 */
export const checkPreconditions = (
  etag: string | undefined,
  { ifMatch, ifNoneMatch }: Preconditions,
): void => {
  if (ifMatch !== undefined && !matches(etag, ifMatch)) {
    throw failed(`If-Match: ${ifMatch} does not hold: ${described(etag)}.`);
  }
  if (ifNoneMatch !== undefined && matches(etag, ifNoneMatch)) {
    throw failed(`If-None-Match: ${ifNoneMatch} does not hold: ${described(etag)}.`);
  }
};

/**
 * @throws Rejection `document-conflict` when a document would be overwritten by a PUT that names no state of it,
 * `precondition-failed` or, where a header is needed even for a new document, `header-invalid`.
 */
export const checkOverwrite = (
  etag: string | undefined,
  preconditions: Preconditions,
  rule: OverwriteRule,
): void => {
  checkPreconditions(etag, preconditions);
  if (preconditions.ifMatch !== undefined || preconditions.ifNoneMatch !== undefined || rule === 'free')
    return;
  if (etag !== undefined) {
    throw reject(
      'document-conflict',
      '',
      `There is a document already, with ETag "${etag}". Read it, then send If-Match: "${etag}" to replace it.`,
      'Communication 3.1',
    );
  }
  if (rule === 'guard-always') {
    throw reject(
      'header-invalid',
      '',
      'PUT needs If-Match: "<etag>" to replace a document, or If-None-Match: * to make a new one.',
      'Communication 3.1',
    );
  }
};

/** Whether an If-None-Match of a GET says that the client has this already. */
export const isKnown = (etag: string | undefined, ifNoneMatch: string | undefined): boolean =>
  ifNoneMatch !== undefined && matches(etag, ifNoneMatch);

/** A proxy may have made the tag weak: only the opaque part counts (DC-11). */
const matches = (etag: string | undefined, header: string): boolean => {
  if (etag === undefined) return false;
  return header.split(',').some((sent) => {
    const tag = sent.trim();
    if (tag === '*') return true;
    const opaque = tag.startsWith('W/') ? tag.slice(2) : tag;
    return opaque === `"${etag}"` || opaque === etag;
  });
};

const described = (etag: string | undefined): string =>
  etag === undefined ? 'there is no document' : `the document's ETag is "${etag}"`;

const failed = (message: string): Rejection =>
  reject('precondition-failed', '', message, 'Communication 3.1');
