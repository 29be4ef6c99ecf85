import { readFileSync } from 'node:fs';
import { request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import express from 'express';
import { createServer } from '../../src/http/create-server.ts';

/** A certificate that is for tests only, and its key. */
const tls = {
  cert: readFileSync(join('test', 'fixtures', 'localhost-certificate.pem')),
  key: readFileSync(join('test', 'fixtures', 'localhost-key.pem')),
};

describe.each([
  ['http', undefined],
  ['https', tls],
] as const)('createServer for %s', (_, given) => {
  it('makes requests and responses that have the prototypes of the app before it sees them', async () => {
    const app = express();
    app.all('/', (request, response) => void response.send(request.get('X-Sent')));
    const server = createServer(app, { tls: given });
    const prototypes: unknown[] = [];
    server.prependListener('request', (request: IncomingMessage, response: ServerResponse) => {
      prototypes.push(Object.getPrototypeOf(request), Object.getPrototypeOf(response));
    });
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const { port } = server.address() as AddressInfo;
    const request = given === undefined ? httpRequest : httpsRequest;
    const options = { host: '127.0.0.1', port, ca: tls.cert, agent: false, headers: { 'X-Sent': 'here' } };
    const text = await new Promise<string>((resolve, refuse) => {
      const outgoing = request(options, async (response) => {
        resolve(String(Buffer.concat(await response.toArray())));
      });
      outgoing.on('error', refuse).end();
    });
    server.close();
    expect(text).toBe('here');
    expect(prototypes[0] === app.request && prototypes[1] === app.response).toBe(true);
  });
});
