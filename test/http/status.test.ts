import { cairnOfFile, withCairn } from './start-cairn.ts';
import { statementOf } from './statement-parts.ts';

const file = cairnOfFile();
const PATH = '/api/v1/status';

describe('/api/v1/status', () => {
  it('is for keys with scope admin', async () => {
    const admin = await file.cairn.key('admin');
    const statusOf = async (authorization: string, method = 'GET') =>
      (await file.cairn.wire({ path: PATH, method, headers: { Authorization: authorization } })).status;
    expect(await statusOf(admin.authorization)).toBe(200);
    expect(await statusOf(admin.authorization, 'POST')).toBe(405);
    expect(await statusOf((await file.cairn.key('all')).authorization)).toBe(403);
    expect(await statusOf('Basic eDp5')).toBe(401);
  });

  it('says how the server is doing', async () => {
    await withCairn({}, async (cairn) => {
      const { authorization } = await cairn.key('admin');
      await cairn.storage.credentials.revoke((await cairn.key('state')).id);
      await cairn.all.post('/xapi/statements').send(statementOf()).expect(200);
      const { text } = await cairn.wire({ path: PATH, headers: { Authorization: authorization } });
      const status = JSON.parse(text);
      expect(status).toMatchObject({
        state: 'running',
        version: expect.stringMatching(/^\d+\.\d+\.\d+/),
        node: process.version,
        log: { position: 5, statements: 1, lastStored: expect.stringMatching(/^\d{4}-.*Z$/) },
        index: { position: 0, behind: 5, backlog: 0 },
        queue: { waiting: expect.any(Number), underWay: expect.any(Number) },
        credentials: { inUse: 2, revoked: 1 },
        problems: { faults: 0 },
        settings: { port: 8080, secret: null, metricsToken: null, maxDepth: 100 },
      });
    });
  });
});
