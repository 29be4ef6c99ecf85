import { cairnOfFile } from '../start-cairn.ts';
import { statementOf } from '../statement-parts.ts';

const file = cairnOfFile();
const adminKey = async () => (await file.cairn.key('admin')).authorization;
const asAdmin = async () => file.cairn.as(await adminKey());

describe('/api/v1/credentials', () => {
  it('makes one whose secret is shown once and works as Basic and as Bearer', async () => {
    const admin = await asAdmin();
    const made = await admin
      .post('/api/v1/credentials')
      .send({ label: 'LMS', scopes: ['statements/write', 'statements/read/mine'] })
      .expect(201);
    const { id, secret, bearer } = made.body;
    expect(made.headers['location']).toMatch(new RegExp(`/api/v1/credentials/${id}$`));
    expect(bearer).toBe(`${id}.${secret}`);
    const basic = `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`;
    for (const authorization of [basic, `Bearer ${bearer}`, `bearer  ${bearer}`]) {
      await file.cairn.as(authorization).post('/xapi/statements').send(statementOf()).expect(200);
    }
    for (const authorization of [
      `Bearer ${id}.wrong`,
      `Bearer ${secret}`,
      'Bearer ',
      `Bearer ${id}.${secret}x`,
    ]) {
      await file.cairn.as(authorization).post('/xapi/statements').send(statementOf()).expect(401);
    }
    const shown = await admin.get(`/api/v1/credentials/${id}`).expect(200);
    expect(shown.body).toMatchObject({ id, label: 'LMS', quarantines: false });
    expect(Date.parse(shown.body.lastUsed)).toBeGreaterThan(Date.now() - 60_000);
    expect(shown.text).not.toContain(secret);
    const list = await admin.get('/api/v1/credentials').expect(200);
    expect(list.text).not.toContain(secret);
    expect(list.text).not.toMatch(/[0-9a-f]{64}/);
    expect(list.body.credentials.at(-1)).toEqual(shown.body);
  });

  it('tells everything that is wrong with a wish at once', async () => {
    const admin = await asAdmin();
    const { body, headers } = await admin
      .post('/api/v1/credentials')
      .send({
        label: 7,
        scopes: ['all', 'root'],
        expires: 'tomorrow',
        quarantines: 'yes',
        id: 'a:b',
        more: 1,
      })
      .expect(400);
    expect(headers['content-type']).toBe('application/problem+json');
    expect(body).toMatchObject({ type: 'urn:cairn:reason:body-invalid', title: 'Body invalid', status: 400 });
    expect(body.problems.map(({ pointer }: { pointer: string }) => pointer).sort()).toEqual(
      ['/expires', '/id', '/label', '/more', '/quarantines', '/scopes'].sort(),
    );
    await admin.post('/api/v1/credentials').send({ label: 'x' }).expect(400);
    for (const expires of ['9999-12-31T00:00:00Z', '0001-01-01T00:00:00Z', '2250-01-01T00:00:00Z'])
      await admin
        .post('/api/v1/credentials')
        .send({ label: 'x', scopes: ['all'], expires })
        .expect(400);
    await admin.post('/api/v1/credentials').send('[]').set('Content-Type', 'application/json').expect(400);
    await admin.post('/api/v1/credentials').send('{').set('Content-Type', 'application/json').expect(400);
    await admin.post('/api/v1/credentials').send('a=1').expect(400);
  });

  it('refuses an id that is taken, and takes one that is free', async () => {
    const admin = await asAdmin();
    const wish = { id: 'moodle', scopes: ['all'] };
    await admin.post('/api/v1/credentials').send(wish).expect(201);
    await admin.post('/api/v1/credentials').send(wish).expect(409);
    await admin
      .post('/api/v1/credentials')
      .send({ ...wish, id: 'import' })
      .expect(409);
  });

  it('refuses from its expiry on, and lets that be moved', async () => {
    const admin = await asAdmin();
    const expires = new Date(Date.now() - 1000).toISOString();
    const { body } = await admin
      .post('/api/v1/credentials')
      .send({ scopes: ['all'], expires })
      .expect(201);
    const key = file.cairn.as(`Bearer ${body.bearer}`);
    await key.get('/xapi/statements').expect(401);
    const later = new Date(Date.now() + 60_000).toISOString();
    const changed = await admin.patch(`/api/v1/credentials/${body.id}`).send({ expires: later }).expect(200);
    expect(Date.parse(changed.body.expires)).toBe(Date.parse(later));
    await key.get('/xapi/statements').expect(200);
    const never = await admin
      .patch(`/api/v1/credentials/${body.id}`)
      .send({ expires: null, label: 'for ever' })
      .expect(200);
    expect(never.body).toMatchObject({ label: 'for ever' });
    expect(never.body).not.toHaveProperty('expires');
  });

  it('rotates at once, and revokes for good', async () => {
    const admin = await asAdmin();
    const { body: old } = await admin
      .post('/api/v1/credentials')
      .send({ scopes: ['all'] })
      .expect(201);
    const { body: next } = await admin.post(`/api/v1/credentials/${old.id}/secret`).expect(200);
    expect(next.id).toBe(old.id);
    await file.cairn.as(`Bearer ${old.bearer}`).get('/xapi/statements').expect(401);
    await file.cairn.as(`Bearer ${next.bearer}`).get('/xapi/statements').expect(200);
    await admin.delete(`/api/v1/credentials/${old.id}`).expect(204);
    await file.cairn.as(`Bearer ${next.bearer}`).get('/xapi/statements').expect(401);
    await admin.post(`/api/v1/credentials/${old.id}/secret`).expect(404);
    await admin.patch(`/api/v1/credentials/${old.id}`).send({ label: 'x' }).expect(404);
    const shown = await admin.get(`/api/v1/credentials/${old.id}`).expect(200);
    expect(shown.body).toHaveProperty('revoked');
    await admin.delete('/api/v1/credentials/nobody').expect(404);
  });

  it('answers what is not there, and methods that are not, as problems', async () => {
    const admin = await asAdmin();
    const nothing = await admin.get('/api/v1/nothing').expect(404);
    expect(nothing.headers['content-type']).toBe('application/problem+json');
    await admin.put('/api/v1/credentials').expect(405);
    await admin.get('/api/v1/credentials/%zz').expect(400);
    await admin.get('/api/v1/credentials?what=1').expect(400);
    const stranger = await file.cairn.bare.get('/api/v1/nothing').expect(401);
    expect(stranger.headers['www-authenticate']).toMatch(/^Basic/);
    expect(stranger.body).toMatchObject({ status: 401, type: 'urn:cairn:reason:unauthenticated' });
  });
});

describe('scripts of other origins', () => {
  it('read nothing of /api/v1 unless their origin is named', async () => {
    const admin = await asAdmin();
    const other = await admin.get('/api/v1/credentials').set('Origin', 'https://evil.example').expect(200);
    expect(other.headers).not.toHaveProperty('access-control-allow-origin');
    expect(other.headers['vary']).toContain('Origin');
    const asked = await file.cairn.bare.options('/api/v1/credentials').set('Origin', 'null').expect(204);
    expect(asked.headers).not.toHaveProperty('access-control-allow-origin');
    expect(asked.headers).not.toHaveProperty('access-control-allow-headers');
  });

  describe('that are named', () => {
    const named = cairnOfFile({ settings: { apiOrigins: ['https://lms.example.org'] } });

    it('may', async () => {
      const admin = named.cairn.as(await named.cairn.key('admin'));
      const good = await admin
        .get('/api/v1/credentials')
        .set('Origin', 'https://lms.example.org')
        .expect(200);
      expect(good.headers['access-control-allow-origin']).toBe('https://lms.example.org');
      expect(good.headers).not.toHaveProperty('access-control-allow-credentials');
      const asked = await named.cairn.bare
        .options('/api/v1/credentials')
        .set('Origin', 'https://lms.example.org')
        .expect(204);
      expect(asked.headers['access-control-allow-methods']).toContain('PATCH');
      const other = await admin
        .get('/api/v1/credentials')
        .set('Origin', 'https://lms.example.org.evil')
        .expect(200);
      expect(other.headers).not.toHaveProperty('access-control-allow-origin');
    });
  });
});
