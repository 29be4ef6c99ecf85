import { isContentType } from '../../src/xapi/content-type.ts';

describe('isContentType', () => {
  it.each([
    'text/plain',
    'text/plain; charset=ascii',
    'text/plain;charset="utf-8"; x=ü',
    'application/vnd.example+json',
    'application/octet-stream ;',
    'X-a/y.z',
  ])('accepts %s', (text) => expect(isContentType(text)).toBe(true));

  it.each([
    '',
    '/',
    'text',
    'text/',
    '/plain',
    'text/plain x',
    'text plain',
    'text/pl ain',
    'te xt/plain',
    'text/a/b',
  ])('refuses %j', (text) => expect(isContentType(text)).toBe(false));

  it.each([
    'text/plain; a=\n',
    'text/plain; a=\r\nX: y',
    'text/plain;\u0000',
    'text/plain;\u007f',
    'text/plän',
  ])('refuses %j', (text) => expect(isContentType(text)).toBe(false));
});
