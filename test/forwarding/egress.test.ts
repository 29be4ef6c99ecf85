import {
  checkedLookup,
  EGRESS_LIMITS,
  type EgressLimits,
  openEgress,
  type Resolve,
} from '../../src/forwarding/egress.ts';
import { closeReceivers, type Receiver, say, startReceiver } from './receiver.ts';

afterEach(closeReceivers);

const BODY = { contentType: 'application/json', body: Buffer.from('[]') };
const QUICK: EgressLimits = { ...EGRESS_LIMITS, longest: 300, connecting: 200, mostAnswer: 10_000 };

const egressTo = (url: string, allowPrivate: boolean, resolve?: Resolve, limits = EGRESS_LIMITS) =>
  openEgress(
    { url: new URL(url), headers: { Authorization: 'Basic secret' }, allowPrivate },
    limits,
    resolve,
  );

/** What came of one POST: the answer, or the message of the error. */
const postTo = async (url: string, allowPrivate: boolean, resolve?: Resolve, limits?: EgressLimits) => {
  try {
    const egress = egressTo(url, allowPrivate, resolve, limits);
    const answer = await egress.post(BODY).finally(egress.close);
    return String(answer.status);
  } catch (error) {
    return (error as Error).message;
  }
};

const always =
  (...addresses: string[]): Resolve =>
  (_host, told) =>
    told(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    );

/** Hosts that lead to this machine, its network or a cloud's metadata, written in every way. */
const WITHIN = [
  '127.0.0.1',
  '127.1',
  '127.0.1',
  '127.255.255.254',
  '0',
  '0.0.0.0',
  '2130706433',
  '0x7f000001',
  '0x7f.0.0.1',
  '0x7f.1',
  '017700000001',
  '0177.0.0.1',
  '0177.0.0.0x1',
  '00000177.1',
  '%31%32%37.0.0.1',
  '１２７.0.0.1',
  '127。0。0。1',
  '127.0.0.1.',
  'localhost',
  'LOCALHOST',
  'localhost.',
  'a.localhost',
  '[::1]',
  '[::]',
  '[0:0:0:0:0:0:0:1]',
  '[::ffff:127.0.0.1]',
  '[::ffff:7f00:1]',
  '[0:0:0:0:0:ffff:127.0.0.1]',
  '[::127.0.0.1]',
  '[64:ff9b::127.0.0.1]',
  '[2002:7f00:1::]',
  '[fe80::1]',
  '[fc00::1]',
  '[fd00:ec2::254]',
  '10.0.0.1',
  '172.16.0.1',
  '192.168.1.1',
  '100.64.0.1',
  '169.254.169.254',
  '0xA9FEA9FE',
  '2852039166',
  '100.100.100.200',
  '168.63.129.16',
  '192.0.0.192',
  '224.0.0.1',
  '255.255.255.255',
];

describe('what leads within', () => {
  let canary: Receiver;
  let port: string;
  beforeEach(async () => {
    canary = await startReceiver();
    port = new URL(canary.url).port;
  });
  afterEach(() => {
    expect([canary.heard.length, canary.connections()]).toEqual([0, 0]);
  });

  it.each(WITHIN)('is refused as %s', async (host) => {
    const said = await postTo(`http://${host}:${port}/xapi/statements`, false);
    expect(said).toMatch(/which is not of the public internet\. The target has to say allowPrivate/);
  });

  it.each([
    [['127.0.0.1']],
    [['::1']],
    [['::ffff:127.0.0.1']],
    [['169.254.169.254']],
    [['8.8.8.8', '127.0.0.1']],
    [['2606:4700::1111', '10.0.0.1']],
  ])('is refused as a name that leads to %j', async (addresses) => {
    const said = await postTo(`http://lrs.example.org:${port}/`, false, always(...addresses));
    expect(said).toMatch(/^lrs\.example\.org leads to .* which is not of the public internet/);
  });

  it('is refused when a name is bound anew: what is connected to is what was checked', async () => {
    let asked = 0;
    const rebinding: Resolve = (host, told) => {
      asked += 1;
      always(asked === 1 ? '8.8.8.8' : '127.0.0.1')(host, told);
    };
    const lookup = checkedLookup(rebinding, false);
    const first = await new Promise((told) => {
      lookup('lrs.example.org', { all: true }, (error, addresses) => told(error ?? addresses));
    });
    expect(first).toEqual([{ address: '8.8.8.8', family: 4 }]);
    expect(asked).toBe(1);
    const egress = egressTo(`http://lrs.example.org:${port}/`, false, rebinding);
    await expect(egress.post(BODY)).rejects.toThrow('leads to 127.0.0.1');
    expect(asked).toBe(2);
  });
});

describe('a target that says allowPrivate', () => {
  it('is reached at this machine, by address and by name, with one resolution a connection', async () => {
    const receiver = await startReceiver();
    const { port } = new URL(receiver.url);
    let asked = 0;
    const counting: Resolve = (host, told) => {
      asked += 1;
      always('127.0.0.1')(host, told);
    };
    const egress = egressTo(`http://lrs.example.org:${port}/xapi/statements`, true, counting);
    for (let at = 0; at < 3; at += 1)
      expect(await egress.post(BODY)).toMatchObject({ status: 200, text: '[]' });
    egress.close();
    expect([asked, receiver.connections()]).toEqual([1, 1]);
    expect(receiver.heard[0]).toMatchObject({
      method: 'POST',
      path: '/xapi/statements',
      headers: {
        host: `lrs.example.org:${port}`,
        authorization: 'Basic secret',
        'content-type': 'application/json',
      },
    });
    expect(await postTo(`http://[::ffff:127.0.0.1]:${port}/`, true)).toBe('200');
  });
});

describe('a hostile receiver', () => {
  it.each([301, 302, 303, 307, 308])('cannot send it elsewhere by %d', async (status) => {
    const canary = await startReceiver();
    const receiver = await startReceiver(say(status, '', { Location: `${canary.url}/` }));
    expect(await postTo(receiver.url, true)).toBe(String(status));
    expect([canary.heard.length, canary.connections()]).toEqual([0, 0]);
  });

  it('cannot hold it by saying nothing', async () => {
    const receiver = await startReceiver(() => undefined);
    expect(await postTo(receiver.url, true, undefined, QUICK)).toMatch(/no whole answer within 30\d ms/);
  });

  it('cannot hold it by dripping', async () => {
    const receiver = await startReceiver((_heard, response) => {
      response.writeHead(200);
      const drip = setInterval(() => response.write('['), 20);
      response.once('close', () => clearInterval(drip));
    });
    expect(await postTo(receiver.url, true, undefined, QUICK)).toMatch(/no whole answer within 30\d ms/);
  });

  it('cannot fill the memory with an endless answer', async () => {
    let written = 0;
    const receiver = await startReceiver((_heard, response) => {
      response.writeHead(200);
      const pour = () => {
        while (!response.destroyed && response.write('x'.repeat(1000))) written += 1000;
        if (!response.destroyed) response.once('drain', pour);
      };
      pour();
    });
    const limits = { ...QUICK, longest: 30_000 };
    expect(await postTo(receiver.url, true, undefined, limits)).toBe('The answer had more than 10000 bytes.');
    expect(written).toBeLessThan(20_000_000);
  });

  it('is not believed when it ends in the middle', async () => {
    const receiver = await startReceiver((_heard, response) => {
      response.writeHead(200, { 'Content-Length': '100' });
      response.write('["', () => response.destroy());
    });
    expect(await postTo(receiver.url, true)).toMatch(/aborted|cut off|hang up/);
  });

  it.each(['NOT HTTP AT ALL\r\n\r\n', 'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n'])(
    'is not understood when it says %j',
    async (text) => {
      const receiver = await startReceiver((_heard, response) => void response.socket?.end(text));
      expect(await postTo(receiver.url, true)).toMatch(/Parse Error/);
    },
  );

  it('is asked once more when it has closed an idle connection, and no more than once', async () => {
    const receiver = await startReceiver();
    const egress = egressTo(receiver.url, true);
    await egress.post(BODY);
    const resetting = (_heard: unknown, response: { readonly socket: { resetAndDestroy(): void } | null }) =>
      response.socket?.resetAndDestroy();
    receiver.answer = resetting as Receiver['answer'];
    await expect(egress.post(BODY)).rejects.toThrow();
    expect(receiver.heard).toHaveLength(3);
    egress.close();
  });

  it('has as much longer for a large body as it takes to send it', async () => {
    const receiver = await startReceiver(() => undefined);
    const limits = { ...QUICK, longest: 50, bytesPerSecond: 10_000 };
    const egress = egressTo(receiver.url, true, undefined, limits);
    await expect(egress.post({ ...BODY, body: Buffer.alloc(1000) })).rejects.toThrow('within 150 ms');
  });
});
