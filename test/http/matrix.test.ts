import { SCOPES } from '../../src/credentials/scope.ts';
import { createApp } from '../../src/http/create-app.ts';
import { POLICY } from '../../src/http/policy.ts';
import { keysByBasic, keysByBearer } from './matrix/principals.ts';
import { API_ROWS, COLUMNS, METRICS_ROWS, OPEN, type Row, XAPI_ROWS } from './matrix/truth-table.ts';
import { walkAll } from './matrix/walk.ts';
import { withCairn } from './start-cairn.ts';

jest.setTimeout(120_000);

/** Is for everybody; its other methods are answered as those of the routes beside it. */
const DESCRIPTION = '/api/v1/openapi.json';

describe('who may what: the table written by hand', () => {
  it('has one route below /api/v1 that is for everybody, whatever they say of themselves', async () => {
    await withCairn({}, async (cairn) => {
      for (const method of ['get', 'head'] as const) {
        await cairn.bare[method](DESCRIPTION).expect(200);
        await cairn.as('Basic eDp5')[method](DESCRIPTION).expect(200);
      }
      for (const method of ['post', 'put', 'patch', 'delete'] as const) {
        await cairn.bare[method](DESCRIPTION).expect(401);
        await cairn.all[method](DESCRIPTION).expect(405);
      }
    });
  });

  it('has exactly the routes that the app has', async () => {
    const namesOf = (rows: readonly Row[], base: string) =>
      rows.filter(([, path]) => path !== 'nowhere').map(([method, path]) => `${method} ${base}${path}`);
    const own = [
      ...namesOf(XAPI_ROWS, ''),
      ...namesOf(API_ROWS, '/api/v1/'),
      ...namesOf(METRICS_ROWS.slice(0, 1), ''),
      `GET ${DESCRIPTION}`,
    ];
    expect([...new Set(own)].sort()).toEqual(Object.keys(POLICY).sort());
    await withCairn({}, async ({ services }) => {
      const { stack } = createApp(services).router;
      const paths = stack
        .flatMap(({ route }) => route?.path ?? [])
        .filter((path) => !path.startsWith('/xapi'));
      const open = Object.keys(OPEN).filter((path) => !/nowhere|launch/.test(path));
      expect([...new Set(paths)].sort()).toEqual([...open, '/metrics'].sort());
    });
  });

  it('has every scope alone, and every column in every row', () => {
    expect(COLUMNS.slice(0, SCOPES.length)).toEqual(SCOPES.map((scope) => [scope]));
    for (const [, , , ...letters] of [...XAPI_ROWS, ...API_ROWS, ...METRICS_ROWS])
      for (const one of letters.slice(0, 3)) expect(one).toHaveLength(COLUMNS.length);
  });

  it('holds for keys by Basic', async () => {
    const { cells, wrong } = await walkAll(keysByBasic);
    expect(wrong).toEqual([]);
    expect(cells).toBeGreaterThan(17_000);
  });

  it('holds for keys by Bearer', async () => {
    const { cells, wrong } = await walkAll(keysByBearer);
    expect(wrong).toEqual([]);
    expect(cells).toBeGreaterThan(8_300);
  });
});
