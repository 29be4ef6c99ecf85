import { credentialsOf, hideCredentials } from '../../src/forwarding/hide-credentials.ts';

describe('credentials of a target in what it answers', () => {
  const target = { key: 'us', secret: 'a"b&c/d é' };

  it.each([
    ['as they were sent', `Basic ${credentialsOf(target.key, target.secret)}`, 'Basic …'],
    ['without padding', credentialsOf(target.key, target.secret).replace(/=+$/, ''), '…'],
    ['as it is', `is ${target.secret}, and ${target.secret}`, 'is …, and …'],
    ['in JSON', JSON.stringify({ secret: target.secret }), '{"secret":"…"}'],
    ['in a URL', `/x?y=${encodeURIComponent(target.secret)}`, '/x?y=…'],
    ['in HTML', '<b>a&quot;b&amp;c/d é</b>', '<b>…</b>'],
  ])('are left out %s', (_how, answered, told) => {
    expect(hideCredentials(target, answered)).toBe(told);
  });

  it('are all that is left out', () => {
    expect(hideCredentials(target, '{"message":"Not us: a b c"}')).toBe('{"message":"Not us: a b c"}');
    expect(hideCredentials({ key: 'us', secret: '' }, 'all of it')).toBe('all of it');
  });
});
