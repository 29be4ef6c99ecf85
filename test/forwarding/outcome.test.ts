import { outcomeOf } from '../../src/forwarding/outcome.ts';

const IDS = ['00000000-0000-4000-8000-00000000000a', '00000000-0000-4000-8000-00000000000b'];
const NOW = Date.UTC(2026, 0, 1);
const judged = (status: number, text = '', retryAfter?: string) =>
  outcomeOf({ status, text, retryAfter }, IDS, NOW);

describe('what an answer means', () => {
  it.each([
    [200, JSON.stringify(IDS)],
    [200, JSON.stringify([...IDS].reverse()).toUpperCase()],
    [204, ''],
  ])('%d %s: delivered', (status, text) => {
    expect(judged(status, text)).toEqual({ kind: 'delivered' });
  });

  it.each([
    ['', 'an empty body'],
    ['<html>Welcome</html>', 'a page'],
    ['{"ok":true}', 'another object'],
    [JSON.stringify(IDS.slice(1)), 'one id too few'],
    ['null', 'null'],
    ['[null,3]', 'no ids'],
  ])('200 with %s (%s) is from no LRS, and is not delivered', (text) => {
    expect(judged(200, text)).toMatchObject({
      kind: 'failed',
      error: expect.stringContaining('as no LRS does'),
    });
  });

  it.each([400, 409, 413, 422])('%d is about the statements', (status) => {
    expect(judged(status, '{"message":"no"}')).toEqual({
      kind: 'refused',
      status,
      answer: '{"message":"no"}',
    });
  });

  it.each([
    0, 100, 201, 202, 206, 301, 302, 303, 307, 308, 401, 402, 403, 404, 405, 406, 407, 408, 410, 415, 418,
    425, 426, 429, 431, 451, 500, 501, 502, 503, 504, 507, 599,
  ])('%d is about the target: nothing is given up', (status) => {
    expect(judged(status, JSON.stringify(IDS))).toMatchObject({
      kind: 'failed',
      error: expect.stringContaining(String(status)),
    });
  });

  it('says what to do where that is known', () => {
    expect(judged(401)).toMatchObject({ error: 'It answered 401. Key or secret are wrong.' });
    expect(judged(307)).toMatchObject({ error: expect.stringContaining('Redirects are not followed') });
  });

  it('keeps 4,096 characters of a refusal, without what does harm where it is shown', () => {
    const { answer } = judged(400, `a\u0000b\u001b[31m\ud800\n${'x'.repeat(9000)}`) as {
      readonly answer: string;
    };
    expect(answer).toHaveLength(4096);
    expect(answer.slice(0, 12)).toBe('a\ufffdb\ufffd[31m\ufffd\nxx');
  });

  it.each([
    ['7', 7000],
    ['0', undefined],
    ['999999999', 3_600_000],
    ['Thu, 01 Jan 2026 00:02:00 GMT', 120_000],
    ['Wed, 31 Dec 2025 23:59:59 GMT', undefined],
    ['soon', undefined],
    ['-5', undefined],
    [undefined, undefined],
  ])('hears Retry-After: %s', (text, milliseconds) => {
    const { retryAfter } = judged(503, '', text) as { readonly retryAfter?: number };
    expect(retryAfter).toBe(milliseconds);
  });
});
