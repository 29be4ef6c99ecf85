import { readSettings } from '../../src/cli/settings.ts';
import { settingsInForce } from '../../src/cli/settings-in-force.ts';

describe('the settings in force', () => {
  it('are all of them, and of secrets only that they are set', () => {
    const settings = readSettings({
      CAIRN_KEY: 'first',
      CAIRN_SECRET: 'canary-of-the-first',
      CAIRN_METRICS_TOKEN: 'canary-of-the-scrapers',
      CAIRN_TLS_CERT_FILE: 'test/fixtures/localhost-certificate.pem',
      CAIRN_TLS_KEY_FILE: 'test/fixtures/localhost-key.pem',
      CAIRN_PUBLIC_URL: 'https://lrs.example.org/x',
    });
    const shown = settingsInForce(settings);
    expect(Object.keys(shown).sort()).toEqual(Object.keys(settings).sort());
    expect(shown).toMatchObject({ key: 'first', secret: 'set', metricsToken: 'set', tls: 'set', port: 8080 });
    const text = JSON.stringify(shown);
    expect(text).toContain('https://lrs.example.org/x');
    expect(text).not.toMatch(/canary|PRIVATE|CERTIFICATE|Buffer/);
    expect(settingsInForce(readSettings({}))).toMatchObject({ secret: null, key: null, tls: null });
  });
});
