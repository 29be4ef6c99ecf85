import { cairnOfFile } from '../start-cairn.ts';
import { statementOf } from '../statement-parts.ts';

const file = cairnOfFile();
const API = '/api/v1';
const ADA = { mbox: 'mailto:ada@example.org' };
const ACCOUNT = { account: { homePage: 'https://hr.example.org', name: '17 "x"' } };

const asPeople = async () => {
  const key = await file.cairn.key('people');
  return { key, agent: file.cairn.as(key) };
};

describe('people over HTTP', () => {
  it('keeps who merged and split whom, in one order with statements, page by page', async () => {
    const { key, agent } = await asPeople();
    const first = await agent
      .post(`${API}/people/merges`)
      .send({ identifiers: [ADA, ACCOUNT], why: 'a', evidence: 'e' });
    await file.cairn.all.post('/xapi/statements').send(statementOf()).expect(200);
    const second = await agent
      .post(`${API}/people/splits`)
      .send({ identifiers: [ACCOUNT], why: 'b', together: true });
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.body.position - first.body.position).toBe(2);
    const after = first.body.position - 1;
    const { body } = await agent.get(`${API}/people/merges?after=${after}&limit=1`).expect(200);
    expect(body).toEqual({
      merges: [
        {
          position: first.body.position,
          at: first.body.stored,
          by: key.id,
          record: 'merge',
          identifiers: [ADA, ACCOUNT],
          why: 'a',
          evidence: 'e',
        },
      ],
      more: `?after=${first.body.position}&limit=1`,
    });
    const rest = await agent.get(`${API}/people/merges${body.more}`).expect(200);
    expect(rest.body.merges).toMatchObject([{ record: 'split', together: true, why: 'b' }]);
    expect(rest.body).not.toHaveProperty('more');
    const { body: all } = await file.cairn.all.get('/xapi/statements').expect(200);
    expect(all.statements).toHaveLength(1);
  });

  it('refuses a record with everything that is wrong, and stores nothing of it', async () => {
    const { agent } = await asPeople();
    const { body } = await agent
      .post(`${API}/requirements`)
      .send({
        requirements: [
          { id: 'r', skil: 's' },
          { id: '', skill: 's' },
        ],
      })
      .expect(400);
    expect(body.type).toBe('urn:cairn:reason:body-invalid');
    expect(body.problems.map(({ pointer }: { pointer: string }) => pointer)).toEqual([
      '/requirements/0/skil',
      '/requirements/1/id',
    ]);
    expect(body.problems[0].message).toBe('There is no member skil. Did you mean skill?');
    await agent.post(`${API}/cohorts`).type('text/plain').send('{}').expect(400);
    await agent
      .post(`${API}/cohorts`)
      .type('application/json')
      .send('{"id":"a","id":"b","list":[]}')
      .expect(400);
    expect((await agent.get(`${API}/requirements`)).body).toEqual({ requirements: [] });
    expect((await agent.get(`${API}/cohorts`)).body).toEqual({ cohorts: [] });
  });

  it('keeps the last of each requirement and cohort, also behind a restart', async () => {
    const { agent } = await asPeople();
    const require = (body: object) => agent.post(`${API}/requirements`).send(body).expect(201);
    await require({
      requirements: [
        { id: 'r', skill: 's' },
        { id: 'old', skill: 's' },
      ],
    });
    await require({ requirements: [{ id: 'r', skill: 's', validFor: 365 }], remove: ['old'] });
    const cohort = { id: 'eu/west', rule: { attr: 'region', op: 'eq', value: 'EU' } };
    for (const one of [cohort, { id: 'gone', list: [ADA] }])
      await agent.post(`${API}/cohorts`).send(one).expect(201);
    await agent.delete(`${API}/cohorts/gone`).expect(204);
    await agent.delete(`${API}/cohorts/gone`).expect(404);
    await file.cairn.reopen();
    const again = (await asPeople()).agent;
    expect((await again.get(`${API}/requirements`)).body).toEqual({
      requirements: [{ id: 'r', skill: 's', validFor: 'P365D' }],
    });
    expect((await again.get(`${API}/cohorts`)).body).toEqual({ cohorts: [cohort] });
    await again.delete(`${API}/cohorts/${encodeURIComponent('eu/west')}`).expect(204);
  });

  it('takes a roster as CSV, tells every bad row, and stores nothing in a dry run', async () => {
    const { agent } = await asPeople();
    const csv = 'employee_id;name;hire_date\n1;Ada;1.2.2020\n2;Bo;x\n';
    const at = `${API}/people/roster?accountHome=https://hr.example.org&dateFormat=DD.MM.YYYY`;
    const send = (query: string) => agent.post(`${at}${query}`).type('text/csv; charset=utf-8').send(csv);
    const problems = [{ line: 3, column: 'hire_date', reason: 'This is no date that is known here: "x".' }];
    const head = file.cairn.storage.statements.head();
    expect((await send('&dryRun=true').expect(200)).body).toEqual({ rows: 1, dryRun: true, problems });
    expect(file.cairn.storage.statements.head()).toBe(head);
    const { body } = await send('&source=hr.csv').expect(201);
    expect(body).toEqual({
      rows: 1,
      dryRun: false,
      position: head + 1,
      stored: expect.any(String),
      problems,
    });
    const [kept] = await file.cairn.storage.records.after(head, 1);
    expect(JSON.parse(kept?.text ?? '')).toMatchObject({
      record: 'roster',
      source: 'hr.csv',
      rows: [
        { identifier: { account: { homePage: 'https://hr.example.org', name: '1' } }, hired: '2020-02-01' },
      ],
    });
  });

  it('takes a roster as JSON: rows that are good, and what is wrong with the others', async () => {
    const { agent } = await asPeople();
    const rows = [{ identifier: ADA, role: 'Rep' }, { identifier: ADA, rolle: 'x' }, 7];
    const { body } = await agent.post(`${API}/people/roster`).send({ rows }).expect(201);
    expect([body.rows, body.problems]).toEqual([
      1,
      [
        { line: 2, column: '/rolle', reason: 'There is no member rolle. Did you mean role?' },
        { line: 3, reason: 'Expected an object.' },
      ],
    ]);
    await agent.post(`${API}/people/roster`).send({ rows: [] }).expect(400);
    await agent.post(`${API}/people/roster?accountHome=x`).type('text/csv').send('email\na@b').expect(400);
  });

  it('stores a large roster in one commit, in entries of 500 rows', async () => {
    const { agent } = await asPeople();
    const lines = Array.from({ length: 1001 }, (_, at) => `a${at}@example.org,Role ${at % 7}`);
    const head = file.cairn.storage.statements.head();
    const { body } = await agent
      .post(`${API}/people/roster`)
      .type('text/csv')
      .send(['email,role', ...lines].join('\n'))
      .expect(201);
    expect([body.rows, body.position - head]).toEqual([1001, 3]);
  });
});
