import { ADL, activity, factOf, said } from './facts-of.ts';

const PASSED = `${ADL}passed`;

describe('extensions', () => {
  const TLA = 'https://w3id.org/xapi/tla/extensions/';
  const ATTEMPT = 'http://id.tincanapi.com/extension/attempt-id';
  const withExtensions = (result: object, context: object) =>
    factOf(said(PASSED, { result: { extensions: result }, context: { extensions: context } }));

  it('our own come before those of TLA, those of the context before those of the result', () => {
    const own = { 'urn:cairn:due': '2026-05-01T00:00:00Z', [`${TLA}due_date`]: '2026-06-01T00:00:00Z' };
    const tla = { [`${TLA}due_date`]: '2026-07-01T00:00:00Z' };
    expect(withExtensions(own, {}).due).toBe(Date.UTC(2026, 4, 1));
    expect(withExtensions(own, tla).due).toBe(Date.UTC(2026, 6, 1));
  });

  it('an attempt is named by the result or the context, a session by the context first', () => {
    expect(withExtensions({ [ATTEMPT]: 2 }, { [ATTEMPT]: 'x' }).session).toBe('2');
    expect(withExtensions({}, { [ATTEMPT]: 'x' }).session).toBe('x');
    const session = 'https://w3id.org/xapi/cmi5/context/extensions/sessionid';
    expect(withExtensions({ [ATTEMPT]: 2 }, { [session]: 's\u0000"' }).session).toBe('s\\u0000\\"');
  });

  it('progress is also that of games, and a badge of the third version says until when it holds', () => {
    const progress = { 'https://w3id.org/xapi/seriousgames/extensions/progress': 0.25 };
    expect(withExtensions(progress, {}).progress).toBe(0.25);
    const badge = {
      'http://specification.openbadges.org/xapi/extensions/badgeassertion': { validUntil: '2027-01-01' },
    };
    expect(withExtensions(badge, {}).validUntil).toBe(Date.UTC(2027, 0, 2) - 1);
  });
});

it('what extensions hold in the wrong form is not read', () => {
  const names = [
    'urn:cairn:kind',
    'urn:cairn:due',
    'urn:cairn:start',
    'urn:cairn:end',
    'urn:cairn:level',
    'urn:cairn:valid-until',
    'urn:cairn:carried-over',
    'urn:cairn:date-unknown',
    'https://w3id.org/xapi/cmi5/result/extensions/progress',
    'https://w3id.org/xapi/tla/extensions/confidence',
    'https://w3id.org/xapi/cmi5/context/extensions/sessionid',
    'http://id.tincanapi.com/extension/observer',
  ];
  for (const value of [{ a: [1] }, [], 1e9, 'tomorrow'.repeat(9), '', false, { mbox: 7 }]) {
    const odd = Object.fromEntries(
      names
        .filter(
          (name) =>
            !(typeof value === 'string' && /kind|session/.test(name)) &&
            !(typeof value === 'number' && /session/.test(name)),
        )
        .map((name) => [name, value]),
    );
    const plain = factOf(said(PASSED));
    const fact = factOf(
      said(PASSED, {
        object: { ...activity('a'), definition: { extensions: odd } },
        result: { extensions: odd },
        context: { extensions: odd },
      }),
    );
    expect(fact).toEqual(plain);
  }
});

it('long texts are cut, and no surrogate pair with them', () => {
  const response = `${'x'.repeat(999)}😀`;
  expect(factOf(said(PASSED, { result: { response } })).response).toBe('x'.repeat(999));
  const long = 'y'.repeat(1001);
  expect(factOf(said(PASSED, { result: { response: long }, context: { platform: long } }))).toMatchObject({
    response: 'y'.repeat(1000),
    platform: 'y'.repeat(1000),
  });
});
