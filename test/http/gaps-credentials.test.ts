import { hashSecret } from '../../src/credentials/credential.ts';
import { basicOf, cairnOfFile } from './start-cairn.ts';
import { query, statementOf } from './statement-parts.ts';

const file = cairnOfFile();
const STATEMENTS = '/xapi/statements';

describe('gap 10: credentials', () => {
  const RESOURCES = [
    STATEMENTS,
    `${STATEMENTS}/more/token`,
    '/xapi/activities',
    '/xapi/activities/state',
    '/xapi/activities/profile',
    '/xapi/agents',
    '/xapi/agents/profile',
    '/xapi/about',
  ];
  const METHODS = ['get', 'head', 'put', 'post', 'delete'] as const;

  describe.each(RESOURCES)('that are bad are refused at %s', (path) => {
    const refused = async (authorization: string) => {
      for (const method of METHODS) {
        const { status, headers } = await file.cairn.as(authorization)[method](path);
        expect(`${method} ${status}`).toBe(`${method} 401`);
        expect(headers['x-experience-api-version']).toBe('1.0.3');
      }
    };

    it('an unknown key, a wrong secret, and one for another', async () => {
      const other = await file.cairn.key('all');
      await refused(basicOf('nobody', 'nothing'));
      await refused(basicOf(file.cairn.master.id, `${file.cairn.master.secret}x`));
      await refused(basicOf(file.cairn.master.id, ''));
      await refused(basicOf(file.cairn.master.id, other.secret));
    });

    it('what is no Basic', async () => {
      const token = file.cairn.master.authorization.slice('Basic '.length);
      for (const odd of [`Bearer ${token}`, token, `XBasic ${token}`, 'Basic', 'Basic !!!', 'Basic OjpB']) {
        await refused(odd);
      }
    });

    it('a revoked key, from the next request on and after a restart', async () => {
      const key = await file.cairn.key('all');
      expect((await file.cairn.as(key).get(path)).status).not.toBe(401);
      await file.cairn.storage.credentials.revoke(key.id);
      await refused(key.authorization);
      await file.cairn.reopen();
      await refused(key.authorization);
    });
  });

  it('that are absent are asked for everywhere but at about', async () => {
    for (const path of RESOURCES) {
      const { status, headers } = await file.cairn.bare.get(path).set('X-Experience-API-Version', '1.0.3');
      expect(`${path} ${status}`).toBe(`${path} ${path.endsWith('about') ? 200 : 401}`);
      expect(headers['www-authenticate']).toBeUndefined();
    }
    const form = `${STATEMENTS}?method=GET`;
    const asked = await file.cairn.bare.post(form).send('X-Experience-API-Version=1.0.3').expect(401);
    expect(asked.headers['www-authenticate']).toBe('Basic realm="xAPI", charset="UTF-8"');
    await file.cairn.bare.get('/xapi/about').set('Authorization', 'Basic Og==').expect(200);
  });

  it.each(['a:b', ':begins', 'ends:', '::', ':', 'ключ: 密', 'ünï:cödé', ' blank '])(
    'work with the secret %j',
    async (secret) => {
      const id = `colons-${secret.length}-${Buffer.from(secret).toString('hex')}`;
      const secretHash = hashSecret(secret);
      await file.cairn.storage.credentials.create({ id, label: '', scopes: ['all'], secretHash });
      await file.cairn.as(basicOf(id, secret)).get(STATEMENTS).expect(200);
      await file.cairn.as(basicOf(id, secret).replace('Basic', 'bAsIc')).get(STATEMENTS).expect(200);
      await file.cairn
        .as(basicOf(id, `${secret}:`))
        .get(STATEMENTS)
        .expect(401);
      await file.cairn
        .as(basicOf(id, secret.split(':')[0] as string))
        .get(STATEMENTS)
        .expect(secret.includes(':') ? 401 : 200);
    },
  );

  it('work with the newest secret only', async () => {
    const key = await file.cairn.key('all');
    await file.cairn.storage.credentials.rotate(key.id, hashSecret('a new secret'));
    await file.cairn.as(key).get(STATEMENTS).expect(401);
    await file.cairn.as(basicOf(key.id, 'a new secret')).get(STATEMENTS).expect(200);
  });

  it('describe activities only where they may, and never change another’s type', async () => {
    const id = 'https://example.org/gap-10';
    const described = (name: string, type: string) =>
      statementOf({
        object: { id, definition: { name: { [name]: name }, type: `https://example.org/${type}` } },
      });
    const known = async () =>
      (await file.cairn.all.get(`/xapi/activities?${query({ activityId: id })}`).expect(200)).body.definition;
    const [writer, one, other] = [
      await file.cairn.key('statements/write'),
      await file.cairn.key('statements/write', 'define'),
      await file.cairn.key('all'),
    ];
    await file.cairn.as(writer).post(STATEMENTS).send(described('en', 'lesson')).expect(200);
    expect(await known()).toBeUndefined();
    await file.cairn.as(one).post(STATEMENTS).send(described('de', 'course')).expect(200);
    await file.cairn.as(other).post(STATEMENTS).send(described('fr', 'meeting')).expect(200);
    await file.cairn.as(writer).post(STATEMENTS).send(described('it', 'lesson')).expect(200);
    expect(await known()).toEqual({ name: { de: 'de', fr: 'fr' }, type: 'https://example.org/course' });
  });
});
