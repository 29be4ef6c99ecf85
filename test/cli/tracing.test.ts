import { writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { json, text } from 'node:stream/consumers';
import { cleanUp, newFolder, runCairn, serveCairn } from './cairn.ts';
import { statement } from './statements.ts';

type Attribute = { readonly key: string; readonly value: Readonly<Record<string, unknown>> };
type Span = {
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly status: { readonly code: number };
  readonly attributes: readonly Attribute[];
};
type Message = {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly Attribute[] };
    readonly scopeSpans: readonly { readonly spans: readonly Span[] }[];
  }[];
};

const receivers: Server[] = [];
afterEach(async () => {
  cleanUp();
  for (const receiver of receivers.splice(0)) receiver.close();
});

/** What receives traces over OTLP/HTTP. */
const startReceiver = async () => {
  const messages: Message[] = [];
  const asked: { readonly url: string | undefined; readonly key: unknown }[] = [];
  const server = createServer(async (request, response) => {
    asked.push({ url: request.url, key: request.headers['x-key'] });
    messages.push((await json(request)) as Message);
    response.writeHead(200, { 'Content-Type': 'application/json' }).end('{}');
  });
  receivers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const resources = () => messages.flatMap(({ resourceSpans }) => resourceSpans);
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    messages,
    resources,
    spans: () => resources().flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans)),
  };
};

const attributesOf = ({ attributes }: { readonly attributes: readonly Attribute[] }) =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]));

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const PARENT = 'b7ad6b7169203331';
const HEADERS = {
  Authorization: `Basic ${Buffer.from('first:first-secret').toString('base64')}`,
  'X-Experience-API-Version': '1.0.3',
  'Content-Type': 'application/json',
};

/** Whether a server has loaded OpenTelemetry's SDK by the time that it has answered and stopped. */
const loads = async (more: NodeJS.ProcessEnv): Promise<boolean> => {
  const folder = newFolder();
  const hooks = `import { writeSync } from 'node:fs';
    export const resolve = (name, context, next) => {
      if (name.startsWith('@opentelemetry/sdk')) writeSync(2, 'LOADED');
      return next(name, context);
    };`;
  writeFileSync(join(folder, 'hooks.mjs'), hooks);
  writeFileSync(
    join(folder, 'register.mjs'),
    `import { register } from 'node:module'; register('./hooks.mjs', import.meta.url);`,
  );
  const NODE_OPTIONS = `--import ${join(folder, 'register.mjs')}`;
  const { log, url, stop } = await serveListening(join(folder, 'data'), { NODE_OPTIONS, ...more });
  await fetch(`${url}/health/live`);
  await stop();
  return (await log).includes('LOADED');
};

/** A server and all that it says on standard error, once it has ended. */
const serveListening = async (folder: string, more: NodeJS.ProcessEnv) => {
  const served = await serveCairn(folder, more);
  return { ...served, log: text(served.process.stderr as Readable) };
};

describe('traces', () => {
  it('have a span for each request, of its route and status, within the sender’s trace', async () => {
    const receiver = await startReceiver();
    const { url, stop } = await serveCairn(newFolder(), {
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
      OTEL_EXPORTER_OTLP_HEADERS: 'x-key=of-the-receiver',
      OTEL_SERVICE_NAME: 'our-lrs',
    });
    const headers = { ...HEADERS, 'X-Request-Id': 'mine', traceparent: `00-${TRACE}-${PARENT}-01` };
    await fetch(`${url}/xapi/statements`, { method: 'POST', headers, body: statement(1) });
    await fetch(`${url}/xapi/statements?verb=a:canary`, { headers: HEADERS });
    await fetch(`${url}/xapi/statements?canary=1`, { headers: { ...HEADERS, traceparent: '00-no-no-01' } });
    expect(await stop()).toBe(0);

    expect(receiver.asked[0]).toEqual({ url: '/v1/traces', key: 'of-the-receiver' });
    expect(attributesOf(receiver.resources()[0]?.resource as never)).toMatchObject({
      'service.name': 'our-lrs',
      'service.version': expect.any(String),
    });
    const spans = receiver.spans();
    expect(spans.map(({ name }) => name).sort()).toEqual([
      'GET statements',
      'GET statements',
      'POST statements',
      'handle',
      'handle',
      'receive',
      'receive',
    ]);
    const posted = spans.find(({ name }) => name === 'POST statements') as Span;
    expect([posted.traceId, posted.parentSpanId]).toEqual([TRACE, PARENT]);
    expect(attributesOf(posted)).toEqual({
      'http.request.method': 'POST',
      'http.route': 'statements',
      'http.response.status_code': 200,
      'http.request.body.size': statement(1).length,
      'http.response.body.size': 40,
      'cairn.request_id': 'mine',
      'cairn.credential': 'first',
    });
    const within = spans.filter(({ parentSpanId }) => parentSpanId === posted.spanId);
    expect(within.map(({ name, traceId }) => [name, traceId])).toEqual([
      ['receive', TRACE],
      ['handle', TRACE],
    ]);
    expect(within[0]?.startTimeUnixNano).toBe(posted.startTimeUnixNano);
    expect(within[0]?.endTimeUnixNano).toBe(within[1]?.startTimeUnixNano);
    expect(within[1]?.endTimeUnixNano).toBe(posted.endTimeUnixNano);
    const took = (Number(posted.endTimeUnixNano) - Number(posted.startTimeUnixNano)) / 1e6;
    expect(took > 0 && took < 60_000).toBe(true);
    expect(Math.abs(Number(posted.endTimeUnixNano) / 1e6 - Date.now())).toBeLessThan(60_000);

    const asked = spans.filter(({ name }) => name === 'GET statements');
    expect(asked.map((span) => attributesOf(span)['error.type'])).toEqual([undefined, 'parameter-invalid']);
    expect(asked.every(({ traceId, parentSpanId }) => traceId !== TRACE && !parentSpanId)).toBe(true);
    expect(JSON.stringify(receiver.messages)).not.toMatch(/canary|first-secret/);
  });

  it('follow the sampler that is set, and are named in the log', async () => {
    const receiver = await startReceiver();
    const more = {
      OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `${receiver.url}/own/path`,
      OTEL_TRACES_SAMPLER: 'parentbased_always_off',
      CAIRN_LOG_LEVEL: 'debug',
    };
    const { url, log, stop } = await serveListening(newFolder(), more);
    await fetch(`${url}/health/live`);
    await fetch(`${url}/health/live`, { headers: { traceparent: `00-${TRACE}-${PARENT}-00` } });
    await fetch(`${url}/health/live`, { headers: { traceparent: `00-${TRACE}-${PARENT}-01` } });
    expect(await stop()).toBe(0);
    expect(receiver.asked).toEqual([{ url: '/own/path', key: undefined }]);
    expect(receiver.spans().map(({ traceId }) => traceId)).toEqual([TRACE]);
    expect((await log).match(new RegExp(`"traceId":"${TRACE}"`, 'g'))).toHaveLength(2);
  });

  it('are written to standard error where that is asked for', async () => {
    const { url, log, stop } = await serveListening(newFolder(), { OTEL_TRACES_EXPORTER: 'console' });
    await fetch(`${url}/health/live`);
    expect(await stop()).toBe(0);
    expect(await log).toMatch(/^\{"span":"GET health\/live","traceId":"[0-9a-f]{32}",.*\}$/m);
  });

  it('hold nobody up when nobody takes them, and the log says so', async () => {
    const { url: nowhere } = await startReceiver();
    for (const receiver of receivers.splice(0)) receiver.close();
    const more = { OTEL_EXPORTER_OTLP_ENDPOINT: nowhere };
    const { url, log, stop } = await serveListening(newFolder(), more);
    expect((await fetch(`${url}/health/live`)).status).toBe(200);
    expect(await stop()).toBe(0);
    expect(await log).toMatch(/traces could not be delivered.*stopped/s);
  });

  it.each([
    [{}],
    [{ OTEL_SERVICE_NAME: 'ours' }],
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9', OTEL_SDK_DISABLED: 'true' }],
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9', OTEL_TRACES_EXPORTER: 'none' }],
  ])('are not made, and OpenTelemetry is not even loaded, with %j', async (more) => {
    expect(await loads(more)).toBe(false);
  });

  it('are what OpenTelemetry is loaded for', async () => {
    expect(await loads({ OTEL_TRACES_EXPORTER: 'console' })).toBe(true);
  });

  it('cannot be asked for in a way that is not there', async () => {
    const said = async (more: NodeJS.ProcessEnv) => (await runCairn(newFolder(), ['serve'], { more })).err;
    expect(await said({ OTEL_TRACES_EXPORTER: 'zipkin' })).toBe(
      'cairn serve: OTEL_TRACES_EXPORTER is otlp, console or none, not zipkin.\n',
    );
    const grpc = { OTEL_TRACES_EXPORTER: 'otlp', OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' };
    expect(await said(grpc)).toMatch(/^cairn serve: OTEL_EXPORTER_OTLP_PROTOCOL is http\/json; grpc/);
  });
});
