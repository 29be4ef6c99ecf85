import { admissions } from '../../src/http/admissions.ts';
import { newMetrics } from '../../src/http/metrics.ts';
import type { Visit } from '../../src/http/visit.ts';

const NOTHING = {
  head: 0,
  statements: 0,
  lastStored: 0,
  consistentThrough: 0,
  queue: { waiting: 0, underWay: 0 },
  index: { flushed: 0, backlog: 0 },
  files: {},
};

describe('the figures of requests', () => {
  it('have each duration in every bucket that it fits in, and are the same however often they are asked for', async () => {
    const metrics = newMetrics();
    for (const milliseconds of [0.2, 1, 1.1, 40, 20_000]) {
      const visit = { method: 'GET', route: 'statements', status: 200, reason: '', bytesIn: 3, bytesOut: 5 };
      metrics.answered({ ...visit, milliseconds } as Visit);
    }
    const now = {
      store: NOTHING,
      heldBytes: 0,
      unreadBytes: 0,
      isStopping: false,
      admissions: admissions(),
      forwards: [],
    };
    await metrics.text(now);
    const text = await metrics.text(now);
    const bucket = (le: string) => {
      const label = `cairn_http_request_seconds_bucket\\{le="${le}",method="GET",route="statements"\\}`;
      return Number(new RegExp(`^${label} (\\d+)$`, 'm').exec(text)?.[1]);
    };
    expect(['0.001', '0.0025', '0.025', '0.05', '10', '\\+Inf'].map(bucket)).toEqual([2, 3, 3, 4, 4, 5]);
    expect(text).toContain('# TYPE cairn_http_request_seconds histogram\n');
    expect(text).toMatch(/^cairn_http_request_seconds_sum\{method="GET",route="statements"\} 20\.0423$/m);
    expect(text).toMatch(/^cairn_http_request_seconds_count\{method="GET",route="statements"\} 5$/m);
    expect(text).toMatch(/^cairn_http_requests_total\{method="GET",route="statements",status="2xx"\} 5$/m);
    expect(text).toMatch(/^cairn_http_body_bytes_total\{direction="in"\} 15$/m);
    expect(text).toMatch(/^cairn_http_body_bytes_total\{direction="out"\} 25$/m);
  });
});
