import { cairnOfFile } from './start-cairn.ts';
import { ADA, query, statementOf } from './statement-parts.ts';

const file = cairnOfFile();

describe('a path', () => {
  it.each([
    '/xapi/statements',
    '/xapi/statements/',
    '/xapi//statements',
    '//xapi/statements',
    '/xapi/statements//',
    '///xapi///statements///',
    '/xAPI/statements',
    '/XAPI/Statements/',
    '/xapi/2.0/statements/',
    '/xapi/2.0//STATEMENTS',
    'http://127.0.0.1/xapi/statements',
    'https://lrs.example.org:8443/xapi//statements/',
  ])('%s is where statements are, without a redirect', async (path) => {
    const statement = statementOf();
    const headers = { 'Content-Type': 'application/json' };
    const body = JSON.stringify(statement);
    const post = await file.cairn.wire({ method: 'POST', path, headers, body });
    expect([post.status, post.text]).toEqual([200, JSON.stringify([statement.id])]);
    const get = await file.cairn.wire({ path: `${path}?statementId=${statement.id}` });
    expect([get.status, JSON.parse(get.text).id]).toEqual([200, statement.id]);
  });

  it('keeps what stands in the query, slashes too', async () => {
    const address = query({ activityId: 'http://a//b/', agent: ADA, stateId: '/a//b/' }).replaceAll(
      '%2F',
      '/',
    );
    const path = `/xapi//activities/state/?${address}`;
    const headers = { 'Content-Type': 'text/plain' };
    expect((await file.cairn.wire({ method: 'PUT', path, headers, body: 'here' })).status).toBe(204);
    const list = `/xapi/activities/state?${query({ activityId: 'http://a//b/', agent: ADA })}`;
    expect(JSON.parse((await file.cairn.wire({ path: list })).text)).toEqual(['/a//b/']);
  });

  it('of more may be glued to doubled slashes and have one at the end', async () => {
    await file.cairn.all.post('/xapi/statements').send([statementOf(), statementOf()]).expect(200);
    const { more } = (await file.cairn.all.get('/xapi/statements?limit=1')).body;
    for (const path of [`/${more}`, `${more}/`, more.replace('/more/', '//More/')]) {
      expect((await file.cairn.wire({ path })).status).toBe(200);
    }
  });

  it.each([
    '/xapi',
    '/xapi/',
    '/xapi/2.0',
    '/xapi/statement',
    '/xapi/statementsx',
    '/xapi/statements/x',
    '/xapi/activities/x',
    '/xapi/1.0/statements',
    '/statements',
    '/xapi/statements%2Fmore',
    '/xapi/%2e%2e/statements',
    '/xapi/%zz',
    '/%',
    '/xapi/%00',
  ])('%s is nowhere: 404 that says where the endpoint is', async (path) => {
    const { status, text, headers } = await file.cairn.wire({ path });
    expect([status, headers['x-experience-api-version']]).toEqual([404, '1.0.3']);
    expect(JSON.parse(text)).toMatchObject({ reason: 'not-found' });
    expect(text).toContain('/xapi');
  });
});
