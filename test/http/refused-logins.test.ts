import { refusedLogins } from '../../src/http/refused-logins.ts';
import { basicOf, withCairn } from './start-cairn.ts';

describe('refused logins', () => {
  const at = (most: number) => {
    let now = 0;
    const refused = refusedLogins(most, () => now);
    const pass = (ms: number): void => {
      now += ms;
    };
    return { refused, pass };
  };

  it('lock a key to an address for the rest of a minute, and no other key or address', () => {
    const { refused, pass } = at(3);
    for (let n = 0; n < 3; n += 1) {
      expect(refused.wait('192.0.2.1', 'ada')).toBe(0);
      refused.note('192.0.2.1', 'ada');
      pass(5000);
    }
    expect(refused.wait('192.0.2.1', 'ada')).toBe(45);
    expect(refused.wait('192.0.2.1', 'bo')).toBe(0);
    expect(refused.wait('192.0.2.2', 'ada')).toBe(0);
    pass(44_999);
    expect(refused.wait('192.0.2.1', 'ada')).toBe(1);
    pass(1);
    expect(refused.wait('192.0.2.1', 'ada')).toBe(0);
    refused.note('192.0.2.1', 'ada');
    expect(refused.wait('192.0.2.1', 'ada')).toBe(0);
  });

  it('lock an address that tries many keys, and of IPv6 its network', () => {
    const { refused } = at(3);
    for (let n = 0; n < 30; n += 1) refused.note('2001:db8:0:7::1', `key ${n}`);
    expect(refused.wait('2001:db8:0:7::2', 'another')).toBe(60);
    expect(refused.wait('2001:db8::7:0:0:0:2', 'another')).toBe(60);
    expect(refused.wait('2001:db8:0:8::1', 'another')).toBe(0);
    expect(refused.wait('::ffff:192.0.2.1', 'another')).toBe(0);
    for (let n = 0; n < 30; n += 1) refused.note('::ffff:192.0.2.1', `key ${n}`);
    expect(refused.wait('192.0.2.1', 'another')).toBe(60);
  });

  it('keep no key out that has been good at the address', () => {
    const { refused } = at(3);
    refused.welcome('192.0.2.1', 'ada');
    for (let n = 0; n < 30; n += 1) refused.note('192.0.2.1', `key ${n}`);
    expect(refused.wait('192.0.2.1', 'another')).toBe(60);
    expect(refused.wait('192.0.2.1', 'ada')).toBe(0);
    for (let n = 0; n < 3; n += 1) refused.note('192.0.2.1', 'ada');
    expect(refused.wait('192.0.2.1', 'ada')).toBe(60);
  });

  it('of many keys leave who has signed in from the address as they were', async () => {
    await withCairn({ settings: { refusedLogins: 2 } }, async (cairn) => {
      const good = cairn.as(cairn.master.authorization);
      await good.get('/xapi/statements').expect(200);
      for (let n = 0; n < 20; n += 1)
        await cairn
          .as(basicOf(`k${n}`, 'wrong'))
          .get('/xapi/statements')
          .expect(401);
      await cairn.as(basicOf('another', 'wrong')).get('/xapi/statements').expect(429);
      await good.get('/xapi/statements').expect(200);
    });
  });

  it('of one token of an issuer are not those of its other tokens', async () => {
    const header = Buffer.from(JSON.stringify({ alg: 'RS256', kid: 'k'.repeat(100) })).toString('base64url');
    await withCairn({ settings: { refusedLogins: 2 } }, async (cairn) => {
      const token = (name: string) => cairn.as(`Bearer ${header}.${name}.c2ln`);
      for (let n = 0; n < 2; n += 1) await token('YQ').get('/xapi/statements').expect(401);
      await token('YQ').get('/xapi/statements').expect(429);
      await token('Yg').get('/xapi/statements').expect(401);
    });
  });

  it('are answered 429 with Retry-After, whatever the secret, and good ones cost nothing', async () => {
    await withCairn({ settings: { refusedLogins: 3 } }, async (cairn) => {
      const { id, authorization } = cairn.master;
      for (let n = 0; n < 10; n += 1) await cairn.as(authorization).get('/xapi/statements').expect(200);
      const wrong = cairn.as(basicOf(id, 'wrong'));
      for (let n = 0; n < 3; n += 1) await wrong.get('/xapi/statements').expect(401);
      const { headers, body } = await wrong.get('/xapi/statements').expect(429);
      expect(Number(headers['retry-after'])).toBeGreaterThan(0);
      expect(body.reason).toBe('rate-limited');
      await cairn.as(authorization).get('/xapi/statements').expect(429);
      const bearer = cairn.as(`Bearer ${id}.wrong`);
      await bearer.get('/api/v1/statements/count').expect(429);
      const other = await cairn.key('all');
      await cairn.as(other).get('/xapi/statements').expect(200);
    });
  });

  it('are counted for the client that a trusted proxy names, and for nobody that another names', async () => {
    const settings = { refusedLogins: 2, trustedProxies: ['127.0.0.1'] };
    await withCairn({ settings }, async (cairn) => {
      const from = (address: string, secret: string) =>
        cairn.as(basicOf(cairn.master.id, secret)).get('/xapi/statements').set('X-Forwarded-For', address);
      for (let n = 0; n < 2; n += 1) await from('198.51.100.1', 'wrong').expect(401);
      await from('198.51.100.1', cairn.master.secret).expect(429);
      await from('198.51.100.2', cairn.master.secret).expect(200);
      await from('198.51.100.2, 198.51.100.1', cairn.master.secret).expect(429);
    });
    await withCairn({ settings: { refusedLogins: 2 } }, async (cairn) => {
      const wrong = cairn.as(basicOf(cairn.master.id, 'wrong'));
      for (let n = 0; n < 2; n += 1)
        await wrong.get('/xapi/statements').set('X-Forwarded-For', `198.51.100.${n}`).expect(401);
      await wrong.get('/xapi/statements').set('X-Forwarded-For', '198.51.100.9').expect(429);
    });
  });
});
