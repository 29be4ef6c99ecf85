import { createServer } from 'node:http';

/**
 * The reference that every rate is held against: it reads a body, parses it as JSON and answers the ids.
 * It checks nothing and stores nothing.
 */
const server = createServer((request, response) => {
  /** @type {Buffer[]} */
  const parts = [];
  request.on('data', (part) => parts.push(part));
  request.on('end', () => {
    const sent = JSON.parse(Buffer.concat(parts).toString());
    const ids = JSON.stringify((Array.isArray(sent) ? sent : [sent]).map(({ id }) => id));
    const headers = { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(ids) };
    response.writeHead(200, headers).end(ids);
  });
});

server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  console.log(JSON.stringify({ listening: `http://127.0.0.1:${port}` }));
});
process.on('SIGTERM', () => process.exit(0));
