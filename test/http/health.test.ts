import express from 'express';
import request from 'supertest';
import { healthReady, readinessOf } from '../../src/http/health.ts';
import { cairnOfFile } from './start-cairn.ts';

const file = cairnOfFile();

describe('/health/ready', () => {
  it('is answered by who serves, and asks for no credentials', async () => {
    const { status, text } = await file.cairn.wire({ path: '/health/ready', headers: { Authorization: '' } });
    expect([status, JSON.parse(text)]).toEqual([200, { status: 'ready' }]);
  });

  it('sends nobody any more to who is about to stop, though the store can write', async () => {
    const stop = new AbortController();
    const app = express().use(healthReady(readinessOf({ ...file.cairn.services, stopping: stop.signal })));
    await request(app).get('/').expect(200, { status: 'ready' });
    stop.abort();
    await request(app).get('/').expect(503, { status: 'stopping' });
  });

  it('makes the store write once a second at most, and does not hide that it cannot', async () => {
    let writes = 0;
    let works = false;
    const proveWritable = async () => {
      writes += 1;
      if (!works) throw new Error('disk full');
    };
    const app = express().use(
      healthReady(readinessOf({ proveWritable, stopping: new AbortController().signal })),
    );
    await request(app).get('/').expect(503, { status: 'not writable' });
    works = true;
    for (let n = 0; n < 5; n += 1) await request(app).get('/').expect(200);
    expect(writes).toBe(2);
  });
});
