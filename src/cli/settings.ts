import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { IMPORT } from '../credentials/credential.ts';
import type { Issuer } from '../credentials/issuer.ts';
import type { Target } from '../forwarding/target.ts';
import type { Tls } from '../http/create-server.ts';
import { sqliteFolder } from '../storage/open-storage.ts';
import { MOST_DEPTH } from '../xapi/scan-json.ts';
import type { Family } from '../xapi/statement.ts';
import { readForwardingFile } from './forwarding-file.ts';
import { readIssuersFile } from './issuers-file.ts';
import { LOG_LEVELS, type LogLevel } from './server-log.ts';
import { readTlsFiles } from './tls-files.ts';

/** How this installation runs, from the environment. Every one of them is explained in the README. */
export type Settings = {
  readonly port: number;
  readonly host: string;
  readonly storage: string;
  readonly key: string | undefined;
  readonly secret: string | undefined;
  readonly publicUrl: URL | undefined;
  readonly defaultVersion: Family;
  readonly maxBody: number;
  readonly maxStatements: number;
  readonly maxStatement: number;
  readonly maxDepth: number;
  readonly maxAttachment: number;
  readonly pageSize: number;
  readonly maxPageSize: number;
  readonly ignoredParameters: readonly string[];
  /** Whether metrics of learning are kept. */
  readonly learningMetrics: boolean;
  readonly refusedLogins: number;
  readonly trustedProxies: readonly string[];
  readonly issuers: readonly Issuer[];
  readonly apiOrigins: readonly string[];
  readonly tls: Tls | undefined;
  readonly logLevel: LogLevel;
  readonly metricsToken: string | undefined;
  readonly forwarding: readonly Target[];
  /** In seconds: how long it still listens when it is told to stop, and how long what is then under way may take. */
  readonly drainDelay: number;
  readonly drainTime: number;
};

type Environment = Readonly<Record<string, string | undefined>>;

const KNOWN = [
  'CAIRN_PORT',
  'CAIRN_HOST',
  'CAIRN_STORAGE',
  'CAIRN_KEY',
  'CAIRN_SECRET',
  'CAIRN_SECRET_FILE',
  'CAIRN_PUBLIC_URL',
  'CAIRN_DEFAULT_VERSION',
  'CAIRN_MAX_BODY',
  'CAIRN_MAX_STATEMENTS',
  'CAIRN_MAX_STATEMENT',
  'CAIRN_MAX_DEPTH',
  'CAIRN_MAX_ATTACHMENT',
  'CAIRN_PAGE_SIZE',
  'CAIRN_MAX_PAGE_SIZE',
  'CAIRN_IGNORED_PARAMETERS',
  'CAIRN_REFUSED_LOGINS',
  'CAIRN_TRUSTED_PROXIES',
  'CAIRN_OIDC_FILE',
  'CAIRN_API_ORIGINS',
  'CAIRN_TLS_CERT_FILE',
  'CAIRN_TLS_KEY_FILE',
  'CAIRN_LOG_LEVEL',
  'CAIRN_METRICS_TOKEN',
  'CAIRN_METRICS_TOKEN_FILE',
  'CAIRN_FORWARDING_FILE',
  'CAIRN_LEARNING_METRICS',
  'CAIRN_DRAIN_DELAY',
  'CAIRN_DRAIN_TIME',
];

/**
 * Reads the settings.
 *
 * @throws Error whose message lists everything that is wrong, a line each.
 */
export const readSettings = (environment: Environment): Settings => {
  const complaints: string[] = [];
  const given = (name: string): string | undefined => environment[name] || undefined;
  const whole = (name: string, otherwise: number, least: number, most: number): number => {
    const text = given(name) ?? String(otherwise);
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (value >= least && value <= most) return value;
    complaints.push(`${name} is a whole number from ${least} to ${most}, not ${text}.`);
    return otherwise;
  };
  const settings: Settings = {
    port: whole('CAIRN_PORT', 8080, 0, 65_535),
    host: given('CAIRN_HOST') ?? '127.0.0.1',
    storage: storageOf(given('CAIRN_STORAGE'), complaints),
    key: given('CAIRN_KEY'),
    secret: secretOf('CAIRN_SECRET', given, complaints),
    publicUrl: urlOf(given('CAIRN_PUBLIC_URL'), complaints),
    defaultVersion: familyOf(given('CAIRN_DEFAULT_VERSION'), complaints),
    maxBody: whole('CAIRN_MAX_BODY', 256 * 1024 * 1024, 1024, 2 ** 28),
    maxStatements: whole('CAIRN_MAX_STATEMENTS', 50_000, 1, 1_000_000),
    maxStatement: whole('CAIRN_MAX_STATEMENT', 16 * 1024 * 1024, 1024, 256 * 1024 * 1024),
    maxDepth: whole('CAIRN_MAX_DEPTH', 100, 10, MOST_DEPTH),
    maxAttachment: whole('CAIRN_MAX_ATTACHMENT', 128 * 1024 * 1024, 1, 2 ** 28),
    pageSize: whole('CAIRN_PAGE_SIZE', 100, 1, 10_000),
    maxPageSize: whole('CAIRN_MAX_PAGE_SIZE', 1000, 1, 10_000),
    ignoredParameters: listOf(given('CAIRN_IGNORED_PARAMETERS') ?? 'cachebuster,content_token,_'),
    refusedLogins: whole('CAIRN_REFUSED_LOGINS', 10, 1, 1_000_000),
    trustedProxies: proxiesOf(given('CAIRN_TRUSTED_PROXIES'), complaints),
    issuers: readIssuersFile(given('CAIRN_OIDC_FILE'), complaints),
    apiOrigins: originsOf(given('CAIRN_API_ORIGINS'), complaints),
    tls: readTlsFiles(given('CAIRN_TLS_CERT_FILE'), given('CAIRN_TLS_KEY_FILE'), complaints),
    logLevel: logLevelOf(given('CAIRN_LOG_LEVEL'), complaints),
    metricsToken: secretOf('CAIRN_METRICS_TOKEN', given, complaints),
    forwarding: readForwardingFile(given('CAIRN_FORWARDING_FILE'), complaints),
    learningMetrics: switchOf('CAIRN_LEARNING_METRICS', given, complaints),
    drainDelay: whole('CAIRN_DRAIN_DELAY', 0, 0, 300),
    drainTime: whole('CAIRN_DRAIN_TIME', 10, 1, 3600),
  };
  complaints.push(...oddNames(environment), ...oddPairs(settings));
  if (complaints.length > 0) throw new Error(complaints.join('\n'));
  return settings;
};

const oddNames = (environment: Environment): readonly string[] =>
  Object.keys(environment)
    .filter((name) => name.startsWith('CAIRN_') && !KNOWN.includes(name))
    .map((name) => `There is no setting ${name}.`);

const bare = (url: string): string => url.replace(/\/+$/, '');

const oddPairs = (settings: Settings): readonly string[] => {
  const { key, secret, metricsToken, pageSize, maxPageSize, issuers, publicUrl } = settings;
  const odd: string[] = [];
  if (issuers.some(({ issuer }) => publicUrl !== undefined && bare(issuer) === bare(publicUrl.href)))
    odd.push('An issuer of CAIRN_OIDC_FILE is not CAIRN_PUBLIC_URL: its users would be taken for keys.');
  if ((key === undefined) !== (secret === undefined)) odd.push('CAIRN_KEY and CAIRN_SECRET go together.');
  if (key === IMPORT) odd.push(`CAIRN_KEY is not ${IMPORT}: that names what was moved in.`);
  if (key?.includes(':') === true) odd.push('CAIRN_KEY must not contain a colon (RFC 7617).');
  if (secret !== undefined && secret.length < 12) odd.push('CAIRN_SECRET needs at least 12 characters.');
  if (metricsToken !== undefined && !/^[\x21-\x7e]{12,}$/.test(metricsToken)) {
    odd.push('CAIRN_METRICS_TOKEN needs at least 12 characters, of ASCII and without blanks.');
  }
  if (pageSize > maxPageSize) odd.push('CAIRN_PAGE_SIZE is not more than CAIRN_MAX_PAGE_SIZE.');
  return odd;
};

const listOf = (text: string | undefined): readonly string[] =>
  (text ?? '')
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');

const proxiesOf = (text: string | undefined, complaints: string[]): readonly string[] =>
  listOf(text).filter((proxy) => {
    const [address = '', bits] = proxy.split('/', 2);
    const most = isIP(address) === 6 ? 128 : 32;
    if (isIP(address) !== 0 && (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= most)))
      return true;
    complaints.push(`CAIRN_TRUSTED_PROXIES has IP addresses and CIDR ranges, not ${proxy}.`);
    return false;
  });

const originsOf = (text: string | undefined, complaints: string[]): readonly string[] =>
  listOf(text).filter((origin) => {
    if (URL.canParse(origin) && new URL(origin).origin === origin) return true;
    complaints.push(`CAIRN_API_ORIGINS has origins such as https://lms.example.org, not ${origin}.`);
    return false;
  });

const storageOf = (given: string | undefined, complaints: string[]): string => {
  const url = given ?? 'sqlite:./data';
  try {
    sqliteFolder(url);
  } catch (error) {
    complaints.push((error as Error).message);
  }
  return url;
};

/** A secret, or what stands in the file that `<name>_FILE` names. */
const secretOf = (
  name: string,
  given: (name: string) => string | undefined,
  complaints: string[],
): string | undefined => {
  const file = given(`${name}_FILE`);
  if (file === undefined) return given(name);
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    complaints.push(`${name}_FILE names ${file}, which cannot be read.`);
    return undefined;
  }
};

const urlOf = (text: string | undefined, complaints: string[]): URL | undefined => {
  if (text === undefined) return undefined;
  const url = /^https?:\/\//.test(text) && URL.canParse(text) ? new URL(text) : undefined;
  if (url !== undefined && url.username + url.password + url.search + url.hash === '') return url;
  complaints.push('CAIRN_PUBLIC_URL is an http or https URL without user, query and fragment.');
  return undefined;
};

const switchOf = (
  name: string,
  given: (name: string) => string | undefined,
  complaints: string[],
): boolean => {
  const text = given(name) ?? 'on';
  if (text !== 'on' && text !== 'off') complaints.push(`${name} is on or off, not ${text}.`);
  return text !== 'off';
};

const logLevelOf = (text: string | undefined, complaints: string[]): LogLevel => {
  const level = LOG_LEVELS.find((one) => one === (text ?? 'info'));
  if (level === undefined)
    complaints.push(`CAIRN_LOG_LEVEL is one of ${LOG_LEVELS.join(', ')}, not ${text}.`);
  return level ?? 'info';
};

const familyOf = (text: string | undefined, complaints: string[]): Family => {
  if (text === undefined || text === '1.0.3' || text === '2.0.0') return text ?? '1.0.3';
  complaints.push(`CAIRN_DEFAULT_VERSION is 1.0.3 or 2.0.0, not ${text}.`);
  return '1.0.3';
};
