import { createApp } from '../../src/http/create-app.ts';
import { POLICY } from '../../src/http/policy.ts';
import { cairnOfFile } from './start-cairn.ts';

const file = cairnOfFile();

describe('who is refused for want of a scope', () => {
  it('is told which would do', async () => {
    const key = await file.cairn.key('state');
    const { body } = await file.cairn.as(key).get('/xapi/statements').expect(403);
    expect(body).toMatchObject({ reason: 'forbidden', problems: [{ clause: 'Communication 4.2' }] });
    expect(body.message).toContain('all, all/read, statements/read, statements/read/mine');
  });
});

describe('an app whose routes and policy disagree does not boot', () => {
  const table = POLICY as Record<string, unknown>;

  it('for a route without a row', () => {
    const { 'GET agents': row } = table;
    delete table['GET agents'];
    expect(() => createApp(file.cairn.services)).toThrow('GET agents');
    table['GET agents'] = row;
    expect(() => createApp(file.cairn.services)).not.toThrow();
  });

  it('for a row without a route', () => {
    table['GET nowhere'] = ['all'];
    expect(() => createApp(file.cairn.services)).toThrow('GET nowhere');
    delete table['GET nowhere'];
    expect(() => createApp(file.cairn.services)).not.toThrow();
  });
});
