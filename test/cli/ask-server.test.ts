import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { askServer } from '../../src/cli/ask-server.ts';
import { cleanUp, newFolder } from './cairn.ts';

afterEach(cleanUp);

/** Answers everything, and closes a connection that has been idle for a moment. */
const SERVER = `
const server = require('node:http').createServer((request, response) => {
  response.setHeader('Connection', 'keep-alive'); // so that it does not say for how long
  request.resume().on('end', () => response.end('{"is":"there"}'));
});
server.keepAliveTimeout = 50;
server.keepAliveTimeoutBuffer = 0;
server.listen(process.argv[1], () => console.log('listens'));
`;

/** As long as preparing a large batch may take, in which nothing else is done here. */
const busyFor = (milliseconds: number): void => {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
};

describe('asking the running server', () => {
  it('outlasts a server that has closed what was idle while a request was prepared', async () => {
    const socket = join(newFolder(), 'socket');
    const server = spawn(process.execPath, ['-e', SERVER, socket]);
    try {
      await once(server.stdout, 'data');
      const { isThere, ask } = askServer(socket);
      expect(await isThere()).toBe(true);
      busyFor(1500);
      expect(await ask('POST', '/import', { text: 'x'.repeat(100_000) })).toEqual({ is: 'there' });
    } finally {
      server.kill();
    }
  });
});
