import { X509Certificate } from 'node:crypto';
import { createServer } from 'node:net';
import type { Settings } from '../settings.ts';
import { bad, type Finding, ok, warn } from './finding.ts';

/** A certificate that ends within so many days is told of. */
const SOON = 30;
const DAY = 24 * 3600 * 1000;

/** The settings, once they can be read. */
export const checkSettings = async (settings: Settings, isServed: boolean): Promise<readonly Finding[]> => [
  ok('settings', 'All can be read.'),
  ...judgeSecret('CAIRN_SECRET', settings.secret, settings.key),
  ...judgeSecret('CAIRN_METRICS_TOKEN', settings.metricsToken, settings.key),
  ...judgeTls(settings.tls?.cert, Date.now()),
  judgeListening(settings),
  ...(isServed ? [] : [await checkPort(settings)]),
];

/** What cannot be read, each complaint by itself. */
export const complaintsOf = (error: Error): readonly Finding[] =>
  error.message
    .split('\n')
    .map((message) => bad('settings', message, 'The README has a table of all settings.'));

/** Characters that differ, of which a secret has to have so many: drawn ones have. */
const DIFFERENT = 10;
const LENGTH = 20;

export const judgeSecret = (
  name: string,
  secret: string | undefined,
  key: string | undefined,
): readonly Finding[] => {
  if (secret === undefined) return [];
  const isEasy = /password|secret|changeme|admin|cairn|1234/i.test(secret) || secret === key;
  const isShort = secret.length < LENGTH || new Set(secret).size < DIFFERENT;
  if (!isEasy && !isShort) return [ok('secrets', `${name} is not easily guessed.`)];
  return [
    warn(
      'secrets',
      `${name} may be guessed: it ${isShort ? 'is short' : 'has a word in it that all try first'}.`,
      'Draw one: openssl rand -base64 32.',
    ),
  ];
};

export const judgeTls = (cert: Buffer | undefined, now: number): readonly Finding[] => {
  if (cert === undefined) return [];
  const { validFrom, validTo } = new X509Certificate(cert);
  const days = Math.floor((Date.parse(validTo) - now) / DAY);
  const check = 'certificate';
  if (Date.parse(validFrom) > now) {
    return [bad(check, `It is not valid before ${validFrom}.`, 'Set the clock, or use another.')];
  }
  if (days < 0) return [bad(check, `It ended on ${validTo}.`, RENEW)];
  if (days < SOON) return [warn(check, `It ends in ${days} days, on ${validTo}.`, RENEW)];
  return [ok(check, `It is valid until ${validTo}.`)];
};

const RENEW = 'Renew it, put it where CAIRN_TLS_CERT_FILE says, and restart the server.';

const LOOPBACK = ['127.0.0.1', '::1', 'localhost'];

export const judgeListening = ({ host, tls, publicUrl }: Settings): Finding => {
  const check = 'encryption';
  if (tls !== undefined) return ok(check, 'https is spoken.');
  if (publicUrl?.protocol === 'https:') return ok(check, `A proxy speaks https for ${publicUrl.href}.`);
  if (LOOPBACK.includes(host)) return ok(check, 'Only this machine can connect, without https.');
  return warn(
    check,
    `${host} can be reached from other machines without https: secrets travel in clear.`,
    'Set CAIRN_TLS_CERT_FILE and CAIRN_TLS_KEY_FILE, or CAIRN_PUBLIC_URL if a proxy speaks https.',
  );
};

const checkPort = async ({ host, port }: Settings): Promise<Finding> => {
  const where = `${host}:${port}`;
  const probe = createServer();
  try {
    await new Promise<void>((resolve, refuse) => {
      probe.once('error', refuse);
      probe.listen(port, host, resolve);
    });
    return ok('address', `${where} can be listened at.`);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const message = `${where} cannot be listened at (${code}).`;
    return bad('address', message, 'Set CAIRN_PORT or CAIRN_HOST, or stop what listens there.');
  } finally {
    probe.close();
  }
};
