import { Validator } from '@seriousme/openapi-schema-validator';
import packageJson from '../../../package.json' with { type: 'json' };
import document from '../../../specs/openapi.json' with { type: 'json' };
import { apiResources } from '../../../src/http/api/api-resources.ts';
import { POLICY, type RouteName } from '../../../src/http/policy.ts';
import { readText, tableRows } from '../../house/source-files.ts';
import { cairnOfFile } from '../start-cairn.ts';
import { type Operation, operations, type Schema, wrongWith } from './openapi-document.ts';

const file = cairnOfFile();

/** What stands beside `/api/v1`. */
const OTHERS = ['POST /launch/{token}', 'GET /health/live', 'GET /health/ready', 'GET /metrics'];

const own = operations.filter(({ path }) => path.startsWith('/api/v1/'));
const routes = () =>
  apiResources(file.cairn.services).flatMap(({ path, methods }) =>
    Object.entries(methods).map(([method, { parameters = [] }]) => ({
      name: `${method} /api/v1/${path}`,
      path,
      parameters,
    })),
  );
const namesIn = (operation: Operation | undefined, place: string): readonly string[] =>
  (operation?.parameters ?? []).filter((one) => one.in === place).map(({ name }) => name);
type WithExample = { readonly schema?: Schema; readonly example?: unknown };
/** Everything in the document that has an example. */
const toldWithExample = (part: unknown): readonly WithExample[] => {
  if (typeof part !== 'object' || part === null) return [];
  const { example, ...others } = part as WithExample;
  const own = example === undefined ? [] : [part as WithExample];
  return [...own, ...Object.values(others).flatMap(toldWithExample)];
};
const operationOf = (name: string) => operations.find((one) => one.name === name);

describe('specs/openapi.json', () => {
  it('is an OpenAPI 3.1 document', async () => {
    const validator = new Validator();
    const { valid, errors } = await validator.validate(structuredClone(document));
    expect([errors, valid, validator.version]).toEqual([undefined, true, '3.1']);
    expect(await validator.validate({ ...structuredClone(document), paths: [] })).toMatchObject({
      valid: false,
    });
  });

  it('is of this version, and names each operation once', () => {
    expect(document.info.version).toBe(packageJson.version);
    const ids = operations.map(({ operationId }) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('is served to whoever asks, whatever they sign in with', async () => {
    const { body } = await file.cairn.bare.get('/api/v1/openapi.json').expect(200);
    expect(body).toEqual(document);
    await file.cairn.as('Basic eDp5').get('/api/v1/openapi.json').expect(200);
    await file.cairn.bare.post('/api/v1/openapi.json').expect(401);
    await file.cairn.bare.get('/api/v1/openapi.json/x').expect(401);
  });

  it('finds the server from where it stands', () => {
    for (const root of ['https://lrs.example.org/', 'https://example.org/a/lrs/']) {
      const [server] = document.servers;
      expect(new URL(server?.url ?? '', `${root}api/v1/openapi.json`).href).toBe(root);
    }
  });

  it('describes every route of /api/v1, and no other', () => {
    const described = own.map(({ name }) => name);
    expect([...described].sort()).toEqual(
      routes()
        .map(({ name }) => name)
        .sort(),
    );
    const beside = operations.filter((one) => !own.includes(one)).map(({ name }) => name);
    expect(beside).toEqual(OTHERS);
  });

  it('describes the parameters that each route knows, and no others', () => {
    for (const { name, path, parameters } of routes()) {
      const operation = operationOf(name);
      expect([name, [...namesIn(operation, 'query')].sort()]).toEqual([name, [...parameters].sort()]);
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, argument]) => argument);
      expect([name, namesIn(operation, 'path')]).toEqual([name, inPath]);
    }
  });

  it('says which scopes the policy table asks for, to people and to tools', () => {
    for (const { name, 'x-scopes': scopes, security, description } of own) {
      const row = POLICY[name as RouteName];
      expect([name, scopes]).toEqual([name, row === 'public' ? [] : row]);
      expect([name, security.length]).toEqual([name, row === 'public' ? 0 : 2]);
      const needed = /Needs a key with (?:the scope|one of the scopes) (.*)\.$/.exec(description)?.[1];
      const named = [...(needed ?? '').matchAll(/`([^`]+)`/g)].map(([, scope]) => scope);
      expect([name, named]).toEqual([name, scopes]);
    }
    expect(operationOf('GET /metrics')?.['x-scopes']).toEqual(POLICY['GET metrics']);
  });

  it('knows every reason for a refusal', () => {
    const [, ...rows] = tableRows(readText('specs/rejections.md'));
    const reasons = rows.map(([reason]) => (reason ?? '').replaceAll('`', ''));
    const { ProblemDocument, Refusal, Quarantined } = document.components.schemas;
    expect(ProblemDocument.properties.type.enum).toEqual(
      [...reasons, 'fault'].map((reason) => `urn:cairn:reason:${reason}`),
    );
    expect(Refusal.properties.reason.enum).toEqual([...reasons, 'fault']);
    expect(Quarantined.properties.reason.enum).toEqual(reasons);
  });

  it('has examples that are as it says', () => {
    const told = toldWithExample(document);
    expect(told.length).toBeGreaterThan(30);
    for (const { schema, example } of told)
      expect([example, wrongWith(schema ?? {}, example)]).toEqual([example, []]);
  });
});

describe('a method that a path does not have', () => {
  it('is refused with those that it has', async () => {
    const agent = file.cairn.as(await file.cairn.key('admin'));
    const { status, headers, body } = await agent.put(`/api/v1/credentials`);
    expect([status, headers['allow'], body.type]).toEqual([
      405,
      'GET, POST, HEAD, OPTIONS',
      'urn:cairn:reason:method-not-allowed',
    ]);
    const { headers: others } = await agent.get(`/api/v1/credentials/x/secret`).expect(405);
    expect(others['allow']).toBe('POST, OPTIONS');
  });
});
