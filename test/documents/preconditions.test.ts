import {
  checkOverwrite,
  checkPreconditions,
  isKnown,
  type OverwriteRule,
} from '../../src/documents/preconditions.ts';
import { Rejection } from '../../src/xapi/rejection.ts';

const TAG = 'da39a3ee5e6b4b0d3255bfef95601890afd80709';
const OTHER = 'a9993e364706816aba3e25717850c26c9cd0d89d';

const reasonOf = (check: () => void): string => {
  try {
    check();
    return 'fine';
  } catch (error) {
    if (!(error instanceof Rejection)) throw error;
    return error.reason;
  }
};

describe('If-Match and If-None-Match (DC-9, RFC 9110 §13.1)', () => {
  const same = ['*', `"${TAG}"`, `W/"${TAG}"`, TAG, `"x", "${TAG}"`, `"x" ,W/"${TAG}",*`];
  const different = [`"${OTHER}"`, `W/"${OTHER}"`, '""', '', `"${TAG.toUpperCase()}"`, `"${TAG}x"`];

  it.each(same)('%s is the tag of what is there, and of nothing when there is nothing', (header) => {
    expect(reasonOf(() => checkPreconditions(TAG, { ifMatch: header }))).toBe('fine');
    expect(reasonOf(() => checkPreconditions(TAG, { ifNoneMatch: header }))).toBe('precondition-failed');
    expect(reasonOf(() => checkPreconditions(undefined, { ifMatch: header }))).toBe('precondition-failed');
    expect(reasonOf(() => checkPreconditions(undefined, { ifNoneMatch: header }))).toBe('fine');
    expect([isKnown(TAG, header), isKnown(undefined, header)]).toEqual([true, false]);
  });

  it.each(different)('%j is not', (header) => {
    expect(reasonOf(() => checkPreconditions(TAG, { ifMatch: header }))).toBe('precondition-failed');
    expect(reasonOf(() => checkPreconditions(TAG, { ifNoneMatch: header }))).toBe('fine');
    expect(isKnown(TAG, header)).toBe(false);
  });

  it('have to hold both where both are sent', () => {
    const both = { ifMatch: `"${TAG}"`, ifNoneMatch: `"${OTHER}"` };
    expect(reasonOf(() => checkPreconditions(TAG, both))).toBe('fine');
    expect(reasonOf(() => checkPreconditions(OTHER, both))).toBe('precondition-failed');
    expect(reasonOf(() => checkPreconditions(TAG, { ...both, ifNoneMatch: '*' }))).toBe(
      'precondition-failed',
    );
    expect(isKnown(TAG, undefined)).toBe(false);
  });

  it('say what is there', () => {
    expect(() => checkPreconditions(TAG, { ifMatch: '"x"' })).toThrow(`the document's ETag is "${TAG}"`);
    expect(() => checkPreconditions(undefined, { ifMatch: '"x"' })).toThrow('there is no document');
  });
});

describe('blind overwriting (xapi.md §1.0)', () => {
  const rows: [OverwriteRule, string | undefined, object, string][] = [
    ['free', TAG, {}, 'fine'],
    ['free', undefined, {}, 'fine'],
    ['free', TAG, { ifMatch: '"x"' }, 'precondition-failed'],
    ['guard-existing', TAG, {}, 'document-conflict'],
    ['guard-existing', undefined, {}, 'fine'],
    ['guard-existing', TAG, { ifMatch: `"${TAG}"` }, 'fine'],
    ['guard-always', TAG, {}, 'document-conflict'],
    ['guard-always', undefined, {}, 'header-invalid'],
    ['guard-always', undefined, { ifNoneMatch: '*' }, 'fine'],
    ['guard-always', TAG, { ifNoneMatch: '*' }, 'precondition-failed'],
  ];
  it.each(rows)('%s, document %s, sent %j: %s', (rule, etag, sent, reason) => {
    expect(reasonOf(() => checkOverwrite(etag, sent, rule))).toBe(reason);
  });

  it('is told what to send instead', () => {
    expect(() => checkOverwrite(TAG, {}, 'guard-existing')).toThrow(`send If-Match: "${TAG}"`);
  });
});
