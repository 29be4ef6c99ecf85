import { readTargets } from '../../src/forwarding/read-targets.ts';

const FILES: Readonly<Record<string, string>> = { 'secret.txt': 'from a file\n', 'empty.txt': ' \n' };

const read = (value: unknown) => {
  const complaints: string[] = [];
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const targets = readTargets(
    text,
    (path) => FILES[path],
    (pointer, message) => complaints.push(`${pointer}: ${message}`),
  );
  return { targets, complaints };
};

const LEAST = { name: 'warehouse', endpoint: 'https://lrs.example.org/xapi/', key: 'k', secret: 's' };
const complaintsOf = (change: object) => read({ targets: [{ ...LEAST, ...change }] }).complaints;

describe('the file of targets', () => {
  it('needs little', () => {
    expect(read({ targets: [LEAST] })).toEqual({
      complaints: [],
      targets: [
        {
          name: 'warehouse',
          endpoint: 'https://lrs.example.org/xapi',
          version: '1.0.3',
          key: 'k',
          secret: 's',
          filter: {},
          from: 'now',
          allowPrivate: false,
          batch: 50,
        },
      ],
    });
    expect(read({ targets: [] })).toEqual({ complaints: [], targets: [] });
  });

  it('says all that can be said', () => {
    const { secret: _, ...rest } = LEAST;
    const agent = { mbox: 'mailto:ada@example.org' };
    const { targets, complaints } = read({
      targets: [
        {
          ...rest,
          endpoint: 'http://127.0.0.1:8081/xapi',
          secretFile: 'secret.txt',
          version: '2.0.0',
          filter: {
            agent,
            verb: 'https://example.org/did',
            activity: 'https://example.org/a',
            registration: '0000000A-0000-4000-8000-000000000000',
            related_agents: true,
            related_activities: false,
          },
          from: 'start',
          allowPrivate: true,
          batch: 1000,
        },
      ],
    });
    expect(complaints).toEqual([]);
    expect(targets).toEqual([
      {
        name: 'warehouse',
        endpoint: 'http://127.0.0.1:8081/xapi',
        version: '2.0.0',
        key: 'k',
        secret: 'from a file',
        filter: {
          agent,
          verb: 'https://example.org/did',
          activity: 'https://example.org/a',
          registration: '0000000a-0000-4000-8000-000000000000',
          relatedAgents: true,
          relatedActivities: false,
        },
        from: 'start',
        allowPrivate: true,
        batch: 1000,
      },
    ]);
  });

  it.each([
    ['{', /^: ./],
    ['[]', /^: Expected an object/],
    ['{"targets":{}}', /^\/targets: Expected a list/],
    ['{"targets":[],"targets":[]}', /./],
    [{ targets: [], target: [] }, /^\/target: There is no such member\. Did you mean targets\?/],
    [{ targets: ['warehouse'] }, /^\/targets\/0: Expected an object/],
    [{ targets: [LEAST, { ...LEAST }] }, /^\/targets\/1\/name: There is a target warehouse already/],
  ])('is refused as %j', (value, message) => {
    expect(read(value).complaints[0]).toMatch(message);
  });

  it.each([
    [{ name: undefined }, '/name: This is needed.'],
    [{ name: 'a b' }, '/name: Expected up to 64 letters'],
    [{ endpoint: undefined }, '/endpoint: This is needed.'],
    [{ endpoint: 'lrs.example.org' }, '/endpoint: Expected an http or https URL'],
    [{ endpoint: 'ftp://lrs.example.org' }, '/endpoint: Expected an http or https URL'],
    [{ endpoint: 'file:///etc/passwd' }, '/endpoint: Expected an http or https URL'],
    [{ endpoint: 'https://u:p@lrs.example.org/' }, '/endpoint: Expected an http or https URL'],
    [{ endpoint: 'https://lrs.example.org/?a=1' }, '/endpoint: Expected an http or https URL'],
    [
      { endpoint: 'http://2130706433/xapi' },
      '/endpoint: 127.0.0.1 leads to 127.0.0.1, which is not of the public',
    ],
    [
      { endpoint: 'https://[::ffff:10.0.0.1]/' },
      '/endpoint: [::ffff:a00:1] leads to ::ffff:a00:1, which is not',
    ],
    [
      { endpoint: 'https://localhost/' },
      '/endpoint: localhost leads to localhost, which is not of the public',
    ],
    [{ version: '1.0' }, '/version: Expected 1.0.3 or 2.0.0.'],
    [{ key: 'a:b' }, '/key: A key must not contain a colon'],
    [{ secret: undefined }, ': Expected either secret or secretFile.'],
    [{ secretFile: 'secret.txt' }, ': Expected either secret or secretFile.'],
    [{ secret: undefined, secretFile: 'gone.txt' }, '/secretFile: gone.txt cannot be read'],
    [{ secret: undefined, secretFile: 'empty.txt' }, '/secretFile: empty.txt cannot be read, or is empty.'],
    [{ from: 'then' }, '/from: Expected now or start.'],
    [{ allowPrivate: 'yes' }, '/allowPrivate: Expected true or false.'],
    [{ batch: 0 }, '/batch: Expected a whole number from 1 to 1000.'],
    [{ batch: 1001 }, '/batch: Expected a whole number from 1 to 1000.'],
    [{ batch: 1.5 }, '/batch: Expected a whole number from 1 to 1000.'],
    [{ filters: {} }, '/filters: There is no such member. Did you mean filter?'],
    [{ filter: [] }, '/filter: Expected an object.'],
    [{ filter: { verb: 'did' } }, '/filter/verb: Expected an IRI'],
    [{ filter: { activity: 7 } }, '/filter/activity: Expected an IRI'],
    [{ filter: { registration: 'x' } }, '/filter/registration: Expected a UUID.'],
    [{ filter: { agent: {} } }, '/filter/agent'],
    [{ filter: { agent: { mbox: 'ada@example.org' } } }, '/filter/agent/mbox'],
    [
      { filter: { related_agent: true } },
      '/filter/related_agent: There is no such member. Did you mean related_agents?',
    ],
    [{ filter: { related_agents: 'true' } }, '/filter/related_agents: Expected true or false.'],
  ])('refuses a target with %j', (change, message) => {
    const [complaint, ...others] = complaintsOf(change);
    expect(complaint?.slice('/targets/0'.length, '/targets/0'.length + message.length)).toBe(message);
    expect(others).toEqual([]);
  });

  it('complains of everything at once', () => {
    const { complaints } = read({ targets: [{ ...LEAST, batch: 0, from: 'x' }, { name: 'b' }] });
    expect(complaints.map((one) => one.split(':')[0])).toEqual([
      '/targets/0/from',
      '/targets/0/batch',
      '/targets/1/endpoint',
      '/targets/1/key',
      '/targets/1',
    ]);
  });
});
