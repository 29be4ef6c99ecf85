import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readIssuersFile } from '../../src/cli/issuers-file.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cairn-issuers-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const read = (content: unknown) => {
  const path = join(folder, 'issuers.json');
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  const complaints: string[] = [];
  const issuers = readIssuersFile(path, complaints);
  return { issuers, complaints: complaints.map((one) => one.replace(`CAIRN_OIDC_FILE ${path}`, '')) };
};

const GOOD = {
  issuer: 'https://login.example.org',
  audience: 'cairn',
  scopes: { reader: ['all/read'] },
};

describe('the file of issuers', () => {
  it('needs an issuer, an audience and scopes; the rest has what is usual', () => {
    const { issuers, complaints } = read({ issuers: [GOOD] });
    expect(complaints).toEqual([]);
    expect(issuers).toMatchObject([
      {
        issuer: 'https://login.example.org',
        audience: ['cairn'],
        audienceClaim: '/aud',
        algorithms: ['RS256', 'ES256'],
        scopeClaims: ['/scope'],
        nameClaim: '/sub',
      },
    ]);
    expect(issuers[0]?.scopes.get('reader')).toEqual(['all/read']);
    expect(issuers[0]?.scopes.get('profile')).toBeUndefined();
  });

  it('says what a word grants, and whom it binds to', () => {
    const { issuers, complaints } = read({
      issuers: [
        {
          ...GOOD,
          scopes: { writer: 'statements/write' },
          learner: { homePage: 'https://a.b', nameClaim: '/sub' },
        },
      ],
    });
    expect(complaints).toEqual([]);
    expect(issuers[0]?.scopes.get('writer')).toEqual(['statements/write']);
    expect(issuers[0]?.scopes.get('all')).toBeUndefined();
    expect(issuers[0]?.learner).toEqual({ homePage: 'https://a.b', nameClaim: '/sub' });
  });

  it.each<readonly [string, object, readonly string[]]>([
    ['no issuer', { audience: 'a', scopes: GOOD.scopes }, [' at /issuers/0/issuer']],
    ['http to elsewhere', { ...GOOD, issuer: 'http://login.example.org' }, [' at /issuers/0/issuer']],
    ['no audience', { issuer: GOOD.issuer, scopes: GOOD.scopes }, [' at /issuers/0/audience']],
    [
      'a secret algorithm',
      { ...GOOD, algorithms: ['HS256', 'none'] },
      [' at /issuers/0/algorithms', ' at /issuers/0/algorithms'],
    ],
    ['no scopes', { issuer: GOOD.issuer, audience: 'a' }, [' at /issuers/0/scopes']],
    ['a scope claim that is no pointer', { ...GOOD, scopeClaims: 'scope' }, [' at /issuers/0/scopeClaims']],
    ['an unknown scope', { ...GOOD, scopes: { a: ['root'] } }, [' at /issuers/0/scopes/a']],
    ['a claim that is no pointer', { ...GOOD, nameClaim: 'sub' }, [' at /issuers/0/nameClaim']],
    ['half a learner', { ...GOOD, learner: { nameClaim: '/sub' } }, [' at /issuers/0/learner']],
    ['an unknown member', { ...GOOD, audiences: [] }, [' at /issuers/0/audiences']],
  ])('complains of %s, with the place', (_name, issuer, places) => {
    const { complaints } = read({ issuers: [issuer] });
    expect(complaints.map((one) => one.split(':')[0])).toEqual(places);
  });

  it('complains of what is no JSON, no list, or not there', () => {
    expect(read('{').complaints).toHaveLength(1);
    expect(read({}).complaints).toEqual([' at /issuers: a list of issuers is needed.']);
    const complaints: string[] = [];
    expect(readIssuersFile(join(folder, 'none.json'), complaints)).toEqual([]);
    expect(complaints).toHaveLength(1);
    expect(readIssuersFile(undefined, complaints)).toEqual([]);
  });
});
