import { cairnOfFile } from '../start-cairn.ts';
import { statementOf } from '../statement-parts.ts';

const file = cairnOfFile();

const start = async () => {
  const key = await file.cairn.key('statements/write');
  await file.cairn.storage.credentials.change(key.id, { quarantines: true });
  return { lms: file.cairn.as(key), key, admin: file.cairn.as(await file.cairn.key('admin')) };
};

describe('quarantine', () => {
  it('keeps what was refused to a chosen source with the reasons, and it is corrected and sent again', async () => {
    const { lms, key, admin } = await start();
    const good = statementOf();
    const bad = { ...statementOf(), object: { id: 'a:a', objectType: 'Course' } };
    const text = `[${JSON.stringify(good)}, ${JSON.stringify(bad)}]`;
    const refused = await lms
      .post('/xapi/statements')
      .set('Content-Type', 'application/json')
      .send(text)
      .expect(400);
    const { body } = await admin.get('/api/v1/quarantine').expect(200);
    const [kept] = body.quarantine;
    expect(kept).toMatchObject({
      credential: key.id,
      reason: 'statement-invalid',
      version: '1.0.3',
      problems: refused.body.problems,
      length: text.length,
    });
    const raw = await admin.get(`/api/v1/quarantine/${kept.id}`).expect(200);
    expect(raw.text).toBe(text);
    const wrong = await admin.post(`/api/v1/quarantine/${kept.id}/statements`).expect(400);
    expect(wrong.body.problems).toEqual(refused.body.problems);
    const corrected = [good, { ...bad, object: { id: 'a:a' } }];
    const sent = await admin.post(`/api/v1/quarantine/${kept.id}/statements`).send(corrected).expect(200);
    expect(sent.body.ids).toEqual([good.id, bad.id]);
    const stored = await file.cairn.all.get(`/xapi/statements?statementId=${bad.id}`).expect(200);
    expect(stored.body.authority.account.name).toBe(key.id);
    expect((await admin.get('/api/v1/quarantine').expect(200)).body.quarantine).toEqual([]);
    await admin.post(`/api/v1/quarantine/${kept.id}/statements`).send(corrected).expect(404);
  });

  it('keeps the same request once, what is no JSON too, and nothing of others', async () => {
    const { lms, admin } = await start();
    for (const _ of [1, 2, 3])
      await lms
        .post('/xapi/statements')
        .set('Content-Type', 'application/json')
        .send('{"actor":')
        .expect(400);
    await file.cairn.all.post('/xapi/statements').send({ actor: {} }).expect(400);
    await lms.get('/xapi/statements').expect(403);
    const { body } = await admin.get('/api/v1/quarantine').expect(200);
    expect(body.quarantine).toHaveLength(1);
    expect(body.quarantine[0]).toMatchObject({ reason: 'json-invalid', length: 9 });
    await admin.delete(`/api/v1/quarantine/${body.quarantine[0].id}`).expect(204);
    await admin.delete(`/api/v1/quarantine/${body.quarantine[0].id}`).expect(404);
  });

  it('keeps which id a PUT was for, and stores a statement without an id once, however often it is sent', async () => {
    const { lms, admin } = await start();
    const id = '00000000-0000-4000-8000-00000000c0de';
    const { id: _, ...nameless } = statementOf();
    await lms
      .put(`/xapi/statements?statementId=${id}`)
      .send({ ...nameless, x: 1 })
      .expect(400);
    const [kept] = (await admin.get('/api/v1/quarantine').expect(200)).body.quarantine;
    expect(kept.statementId).toBe(id);
    const sent = await admin.post(`/api/v1/quarantine/${kept.id}/statements`).send(nameless).expect(200);
    expect(sent.body.ids).toEqual([id]);
    await lms
      .post('/xapi/statements')
      .send({ ...nameless, x: 2 })
      .expect(400);
    const [other] = (await admin.get('/api/v1/quarantine').expect(200)).body.quarantine;
    const path = `/api/v1/quarantine/${other.id}/statements`;
    const both = await Promise.all([1, 2].map(() => admin.post(path).send(nameless)));
    const good = both.filter(({ status }) => status === 200);
    expect(good.length).toBeGreaterThan(0);
    expect(both.every(({ status }) => [200, 404, 409].includes(status))).toBe(true);
    expect(new Set(good.map(({ body }) => body.ids[0])).size).toBe(1);
  });

  it('is listed page by page, and is kept over a restart', async () => {
    const { lms, admin } = await start();
    for (let n = 0; n < 5; n += 1) await lms.post('/xapi/statements').send({ n }).expect(400);
    const first = await admin.get('/api/v1/quarantine?limit=3').expect(200);
    expect(first.body.quarantine).toHaveLength(3);
    await file.cairn.reopen();
    const again = file.cairn.as(await file.cairn.key('admin'));
    // All of the first page have been dealt with meanwhile.
    for (const { id } of first.body.quarantine) await again.delete(`/api/v1/quarantine/${id}`).expect(204);
    const next = await again.get(`/api/v1/quarantine${first.body.more}`).expect(200);
    expect(next.body.quarantine).toHaveLength(2);
    expect(next.body).not.toHaveProperty('more');
    expect(new Set([...first.body.quarantine, ...next.body.quarantine].map(({ id }) => id)).size).toBe(5);
  });
});
