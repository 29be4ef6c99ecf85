import { readFileSync } from 'node:fs';
import { ALGORITHMS, type Issuer, type LearnerClaim } from '../credentials/issuer.ts';
import { isScope, SCOPES, type Scope } from '../credentials/scope.ts';
import { isIri } from '../xapi/iri.ts';
import { readJson } from '../xapi/scan-json.ts';
import { unquoted } from './fault-text.ts';

type Complain = (place: string, message: string) => void;
type Members = Readonly<Record<string, unknown>>;

/** Reads the file that names issuers of tokens; what is wrong with it, each with its place, is added to the complaints. */
export const readIssuersFile = (path: string | undefined, complaints: string[]): readonly Issuer[] => {
  if (path === undefined) return [];
  const complain: Complain = (place, message) => {
    complaints.push(`CAIRN_OIDC_FILE ${path}${place === '' ? '' : ` at ${place}`}: ${message}`);
  };
  const file = readFile(path, complain);
  if (file === undefined) return [];
  const { issuers, ...others } = membersOf(file);
  unknownMembers(others, '', complain);
  if (Array.isArray(issuers)) return issuers.map((one, at) => issuerOf(one, `/issuers/${at}`, complain));
  complain('/issuers', 'a list of issuers is needed.');
  return [];
};

const readFile = (path: string, complain: Complain): unknown => {
  try {
    return readJson(readFileSync(path, 'utf8'));
  } catch (error) {
    complain('', unquoted((error as Error).message));
    return undefined;
  }
};

const membersOf = (value: unknown): Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Members) : {};

const unknownMembers = (others: Members, place: string, complain: Complain): void => {
  for (const name of Object.keys(others)) complain(`${place}/${name}`, 'there is no such member.');
};

const issuerOf = (value: unknown, place: string, complain: Complain): Issuer => {
  const { issuer, audience, audienceClaim, algorithms, jwksUri, type, ...claims } = membersOf(value);
  const reader = readerAt(place, complain);
  const keys = jwksUri === undefined ? undefined : reader.url('jwksUri', jwksUri);
  const typ = type === undefined ? undefined : reader.text('type', type);
  return {
    issuer: reader.url('issuer', issuer) ?? '',
    audience: reader.list('audience', audience),
    audienceClaim: reader.pointer('audienceClaim', audienceClaim ?? '/aud'),
    algorithms: reader.list('algorithms', algorithms ?? ['RS256', 'ES256'], ALGORITHMS),
    ...(keys === undefined ? {} : { jwksUri: keys }),
    ...(typ === undefined ? {} : { type: typ }),
    ...claimsOf(claims, place, complain),
  };
};

const claimsOf = (
  claims: Members,
  place: string,
  complain: Complain,
): Pick<Issuer, 'scopeClaims' | 'scopes' | 'nameClaim' | 'learner'> => {
  const { scopeClaims, scopes, nameClaim, learner, ...others } = claims;
  unknownMembers(others, place, complain);
  const reader = readerAt(place, complain);
  const bound = learner === undefined ? undefined : learnerOf(learner, `${place}/learner`, complain);
  return {
    scopeClaims: reader
      .list('scopeClaims', scopeClaims ?? ['/scope'])
      .map((claim) => reader.pointer('scopeClaims', claim)),
    scopes: scopesOf(scopes, `${place}/scopes`, complain),
    nameClaim: reader.pointer('nameClaim', nameClaim ?? '/sub'),
    ...(bound === undefined ? {} : { learner: bound }),
  };
};

const readerAt = (place: string, complain: Complain) => {
  const text = (name: string, value: unknown): string | undefined => {
    if (typeof value === 'string' && value !== '') return value;
    complain(`${place}/${name}`, 'a text is needed.');
    return undefined;
  };
  const list = (name: string, value: unknown, among?: readonly string[]): readonly string[] => {
    const all: readonly unknown[] = Array.isArray(value) ? value : [value];
    const good = all.filter((one): one is string => typeof one === 'string' && one !== '');
    if (good.length === 0 || good.length < all.length)
      complain(`${place}/${name}`, 'a list of texts is needed.');
    for (const one of good)
      if (among?.includes(one) === false)
        complain(`${place}/${name}`, `${one} is none of ${among.join(', ')}.`);
    return good;
  };
  return {
    text,
    list,
    url: (name: string, value: unknown): string | undefined => {
      if (typeof value === 'string' && URL.canParse(value) && isSafeUrl(new URL(value))) return value;
      complain(`${place}/${name}`, 'an https URL is needed (http only on this machine).');
      return undefined;
    },
    pointer: (name: string, value: unknown): string => {
      if (typeof value === 'string' && value.startsWith('/')) return value;
      complain(`${place}/${name}`, 'a JSON Pointer into the claims is needed, such as /sub.');
      return '/';
    },
  };
};

const isSafeUrl = ({ protocol, hostname }: URL): boolean =>
  protocol === 'https:' || (protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(hostname));

/** Has to be said: the everyday word `profile` would otherwise be a scope. */
const scopesOf = (value: unknown, place: string, complain: Complain): Issuer['scopes'] => {
  const granted = new Map<string, readonly Scope[]>();
  for (const [word, scopes] of Object.entries(membersOf(value))) {
    const all: readonly unknown[] = Array.isArray(scopes) ? scopes : [scopes];
    const good = all.filter((one): one is Scope => typeof one === 'string' && isScope(one));
    if (good.length < all.length) complain(`${place}/${word}`, `scopes are ${SCOPES.join(', ')}.`);
    granted.set(word, good);
  }
  if (granted.size === 0) complain(place, 'an object from words of the tokens to lists of scopes is needed.');
  return granted;
};

const learnerOf = (value: unknown, place: string, complain: Complain): LearnerClaim | undefined => {
  const { mailboxClaim, homePage, nameClaim, ...others } = membersOf(value);
  unknownMembers(others, place, complain);
  const isPointer = (claim: unknown): claim is string => typeof claim === 'string' && claim.startsWith('/');
  if (isPointer(mailboxClaim) && homePage === undefined && nameClaim === undefined) return { mailboxClaim };
  if (typeof homePage === 'string' && isIri(homePage) && isPointer(nameClaim) && mailboxClaim === undefined)
    return { homePage, nameClaim };
  complain(
    place,
    'either mailboxClaim, or homePage (an IRI) and nameClaim, are needed; claims are pointers.',
  );
  return undefined;
};
