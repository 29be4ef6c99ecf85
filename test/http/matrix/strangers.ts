import { SCOPES } from '../../../src/credentials/scope.ts';
import { basicOf } from '../start-cairn.ts';
import { type Askings, bearerOf } from './principals.ts';
import { SCRAPER, type Standing } from './standing.ts';
import { makeWorld } from './world.ts';

/** What somebody signs in with, by what it is. */
type SignedIn = Readonly<Record<string, string | undefined>>;

const past = () => (Date.now() - 1) * 1000;

const wrongKeys = ({ cairn }: Standing): SignedIn => {
  const unknown = { id: 'ck_00000000000000000000', secret: 'a-secret-of-nobody' };
  const wrong = { id: cairn.master.id, secret: 'not-the-secret-of-this' };
  return {
    'an unknown key': basicOf(unknown.id, unknown.secret),
    'an unknown bearer': bearerOf(unknown),
    'a wrong secret': basicOf(wrong.id, wrong.secret),
    'a wrong bearer': bearerOf(wrong),
    'another scheme': `Digest ${cairn.master.secret}`,
  };
};

/** Keys that may do everything, or might. */
const oldKeys = async ({ cairn }: Standing): Promise<SignedIn> => {
  const { credentials } = cairn.storage;
  const expired = await cairn.key(...SCOPES);
  await credentials.change(expired.id, { expires: past() });
  const revoked = await cairn.key(...SCOPES);
  await credentials.revoke(revoked.id);
  const rotated = await cairn.key(...SCOPES);
  await credentials.rotate(rotated.id, 'ab'.repeat(32));
  return {
    'an expired key': expired.authorization,
    'an expired bearer': bearerOf(expired),
    'a revoked key': revoked.authorization,
    'a revoked bearer': bearerOf(revoked),
    'a secret of before': rotated.authorization,
  };
};

const oldLaunches = async ({ cairn, launch }: Standing): Promise<SignedIn> => {
  const lms = await cairn.key('launch');
  const launched = (deliver: string) =>
    launch(lms.authorization, JSON.stringify({ actor: { mbox: 'mailto:strangers@example.org' }, deliver }));
  const ended = await launched('auth');
  await cairn.as(lms).delete(`/api/v1/launches/${ended.id}`).expect(204);
  const late = await launched('auth');
  await cairn.storage.credentials.change(late.id, { expires: past() });
  const unfetched = await launched('fetch');
  const token = unfetched.fetch?.split('.').at(-1) ?? '';
  return {
    'a launch that has ended': ended.auth,
    'a launch that has expired': late.auth,
    'a launch that was not fetched': basicOf(unfetched.id, token),
  };
};

const wrongTokens = async ({ own }: Standing): Promise<SignedIn> => {
  const claims = { sub: 'stranger', scope: SCOPES.join(' ') };
  const [late, foreign, nameless] = [
    await own.token(own.services, claims, -60),
    await own.token(own.services, { ...claims, aud: 'others' }),
    await own.token(own.learners, claims),
  ];
  return {
    'an expired token': `Bearer ${late}`,
    'a token for others': `Bearer ${foreign}`,
    'a token of a learner without a mailbox': `Bearer ${nameless}`,
  };
};

/** Those that are nobody here, whatever they may have been. */
export const strangers: Askings = async function* askings(standing) {
  const { cairn } = standing;
  const signedIn: SignedIn = {
    nobody: undefined,
    'the token of the scrapers': `Bearer ${SCRAPER}`,
    ...wrongKeys(standing),
    ...(await oldKeys(standing)),
    ...(await oldLaunches(standing)),
    ...(await wrongTokens(standing)),
  };
  const account = { homePage: cairn.storage.installation, name: 'strangers' };
  const world = await makeWorld(cairn, 'strangers', account);
  for (const [name, authorization] of Object.entries(signedIn))
    yield { name, kind: 'stranger', column: -1, authorization, world, isThorough: false };
};
