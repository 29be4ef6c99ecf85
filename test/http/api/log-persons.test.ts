import { storeCourse } from './learners.ts';
import { withShown } from './with-shown.ts';

const API = '/api/v1';
const COMPLETION = { metrics: 'completion.rate', dimensions: ['course'] };
const linkOf = (question: object) =>
  `${API}/query?q=${Buffer.from(JSON.stringify(question)).toString('base64url')}`;

describe('the log', () => {
  it('says to whom persons were told, by whatever answer', async () => {
    await withShown(async (cairn, shown) => {
      await storeCourse(cairn, { learners: 3, completed: 1 });
      const identifier = { mbox: 'mailto:p0@example.org' };
      const rows = [{ identifier, hired: '2020-01-01', name: 'Ada' }];
      await cairn.services.people.record({ record: 'roster', rows }, 'test');
      const key = await cairn.key('metrics/evidence');
      const client = cairn.as(key);
      const people = { metrics: ['enrolments.count'], dimensions: ['person'] };
      await client.post(`${API}/query`).send(COMPLETION).expect(200);
      expect(shown).toEqual([]);
      const { headers } = await client.get(linkOf(people)).expect(200);
      const queryHash = expect.stringContaining('sha256:');
      const line = { credential: key.id, definition: 'enrolments.count@1', queryHash, rows: 3, persons: 3 };
      expect(shown.splice(0)).toMatchObject([line]);
      const { etag } = headers as { etag: string };
      await client.get(linkOf(people)).set('If-None-Match', etag);
      for (const format of ['csv', 'ndjson'])
        await client.post(`${API}/exports`).send({ query: people, format }).expect(200);
      expect(shown.splice(0)).toMatchObject([line, line]);
      const person = (await client.get(`${API}/dimensions/person/values`).expect(200)).body.values[0].id;
      expect(shown.splice(0)).toMatchObject([{ definition: 'dimension person', rows: 3, persons: 3 }]);
      const own = { metrics: [{ id: 'list.transcript', params: { person } }] };
      await client.post(`${API}/query`).send(own).expect(200);
      await client.post(`${API}/explain`).send(own).expect(200);
      const transcript = { definition: 'list.transcript@1', rows: 1, persons: 1 };
      expect(shown).toMatchObject([transcript, transcript]);
    });
  });
});
