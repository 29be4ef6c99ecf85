import { isMailbox } from '../../src/xapi/mailbox.ts';

describe('isMailbox', () => {
  it.each([
    'mailto:ada@example.org',
    'mailto:Ada.Lovelace+lrs@Example.ORG',
    'mailto:a@localhost',
    "mailto:o'brien@example.org",
    'mailto:ädä@例え.jp',
    'mailto:%41da@example.org',
    'mailto:guest_example.org#EXT#@tenant.example',
  ])('accepts %s', (text) => expect(isMailbox(text)).toBe(true));

  it.each([
    '',
    'mailto:',
    'mailto:@',
    'mailto:ada',
    'mailto:ada@',
    'mailto:@example.org',
    'mailto:should.fail.com',
    'ada@example.org',
    'MAILTO:ada@example.org',
    'Mailto:ada@example.org',
    ' mailto:ada@example.org',
    'mailto:ada@example.org ',
    'mailto: ada@example.org',
    'mailto:ada@example.org?subject=x',
    'mailto:ada@example.org,bob@example.org',
    'mailto:ada,@example.org',
    'mailto:ada;@example.org',
    'mailto:ada@b@example.org',
    'mailto:<ada@example.org>',
    'mailto:"ada"@example.org',
    'mailto:a\\b@example.org',
    'mailto:ada@example.org\u0000',
    'mailto:ada@example.org\u007f',
    'mailto:ada@example.org\u0085',
  ])('refuses %j', (text) => expect(isMailbox(text)).toBe(false));

  it('reads very long text to its end', () => {
    const long = `mailto:${'a'.repeat(1_000_000)}`;
    expect(isMailbox(`${long}@b`)).toBe(true);
    expect(isMailbox(long)).toBe(false);
  });
});
