import fc from 'fast-check';
import { isIri } from '../../src/xapi/iri.ts';

describe('isIri', () => {
  it.each([
    'http://5abc_course_id',
    'http://6abcDEF_course_id_rise',
    'urn:articulate:storyline:5k2',
    'ispring://presentations/7E1B-4/slides/0',
    'tag:example.org,2026:course',
    'mailto:ada@example.org',
    'https://site/h5p/embed/7?subContentId=6d2f?x=1',
    'http://example.org/#',
    'http://example.org/a[1]?q=%zz',
    'http://例え.jp/ü/課程/😀',
    'a:b',
    'A+b-c.1:x',
    'x:\u00a0',
  ])('accepts %s', (text) => expect(isIri(text)).toBe(true));

  it.each([
    '',
    ':',
    'a:',
    ':a',
    'http',
    '//example.org',
    '/course/1',
    'course',
    'ab=c://should.fail.com',
    '1http://example.org',
    '-a:b',
    'é:b',
    'aé:b',
    'http://example.org/a b',
    ' http://example.org',
    'http://example.org/\t',
    'http://example.org/\u0000',
    'http://example.org/\u007f',
    'http://example.org/\u0085',
    'http://example.org/\ud800',
    'http://example.org/\ud800x',
    'http://example.org/\udc00',
    ...[...'<>"{}|\\^`'].map((character) => `http://example.org/${character}`),
  ])('refuses %j', (text) => expect(isIri(text)).toBe(false));

  it('accepts whatever the platform writes as a URL with an authority', () => {
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), (url) => isIri(url)),
    );
  });

  it('reads very long text to its end', () => {
    const long = `urn:${'x'.repeat(1_000_000)}`;
    expect(isIri(long)).toBe(true);
    expect(isIri(`${long} `)).toBe(false);
    expect(isIri('x'.repeat(1_000_000))).toBe(false);
  });
});
