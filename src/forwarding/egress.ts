import { lookup as systemLookup } from 'node:dns';
import {
  type ClientRequest,
  Agent as HttpAgent,
  request as httpRequest,
  type IncomingMessage,
} from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { isPrivateAddress } from './private-address.ts';

/**
 * The one client that speaks to the outside, for one target: only to its endpoint, only to addresses that were
 * checked, never where a redirect points, and never for longer or with more than its limits.
 */
export type Egress = {
  /** Posts a body. Rejects when no whole answer came within the limits. */
  post(body: EgressBody): Promise<EgressAnswer>;
  /** Gets what stands at the endpoint under a query, by the same rules. */
  get(query: string): Promise<EgressAnswer>;
  /** Ends what is under way. Nothing is to be posted any more. */
  close(): void;
};

export type EgressBody = { readonly contentType: string; readonly body: Buffer };

export type EgressAnswer = {
  readonly status: number;
  /** The header Retry-After as it was sent. */
  readonly retryAfter: string | undefined;
  readonly text: string;
};

export type EgressTarget = {
  /** The one place that is spoken to. */
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  /** Whether addresses within the own network, or of this machine, are meant. */
  readonly allowPrivate: boolean;
};

export type EgressLimits = {
  /** From the beginning to the end of a request, in milliseconds, and a second more for so many bytes of its body. */
  readonly longest: number;
  readonly bytesPerSecond: number;
  /** Until there is a connection, in milliseconds. */
  readonly connecting: number;
  /** Bytes of an answer. */
  readonly mostAnswer: number;
};

export const EGRESS_LIMITS: EgressLimits = {
  longest: 30_000,
  bytesPerSecond: 256 * 1024,
  connecting: 5000,
  mostAnswer: 1024 * 1024,
};

/** How a name becomes addresses, all of them: the system's way unless a test has its own. */
export type Resolve = (
  host: string,
  told: (error: Error | null, addresses: readonly ResolvedAddress[]) => void,
) => void;
export type ResolvedAddress = { readonly address: string; readonly family: number };

const resolveBySystem: Resolve = (host, told) => systemLookup(host, { all: true }, told);

/** @throws Error when the URL itself names an address that may not be reached; a name is checked when it is resolved. */
export const openEgress = (
  target: EgressTarget,
  limits: EgressLimits = EGRESS_LIMITS,
  resolve: Resolve = resolveBySystem,
): Egress => {
  if (!target.allowPrivate) checkHost(target.url);
  const isTls = target.url.protocol === 'https:';
  const agent = new (isTls ? HttpsAgent : HttpAgent)({
    keepAlive: true,
    maxSockets: 1,
    lookup: checkedLookup(resolve, target.allowPrivate),
  });
  const start = isTls ? httpsRequest : httpRequest;

  const sendOnce = (query: string, body: EgressBody | undefined): Promise<EgressAnswer> =>
    new Promise((done, refuse) => {
      const length = body?.body.length ?? 0;
      const headers = { ...target.headers, ...headersOf(body) };
      const url = new URL(query, target.url);
      const sending = start(url, { method: body === undefined ? 'GET' : 'POST', agent, headers });
      const late = limitTime(sending, length, limits);
      sending.once('close', late.stop);
      sending.once('error', (error) => refuse(Object.assign(error, { wasIdle: sending.reusedSocket })));
      sending.once('response', (response) => readAnswer(response, limits.mostAnswer).then(done, refuse));
      sending.end(body?.body);
    });

  let closed = false;
  const send = (query: string, body?: EgressBody): Promise<EgressAnswer> =>
    sendOnce(query, body).catch((error) => {
      // The other side may have closed a connection because it was idle, which is no failure of its own.
      if (!closed && error.wasIdle === true && error.code === 'ECONNRESET') return sendOnce(query, body);
      throw error;
    });
  return {
    post: (body) => send('', body),
    get: (query) => send(`?${query}`),
    close: () => {
      closed = true;
      agent.destroy();
    },
  };
};

const headersOf = (body: EgressBody | undefined) =>
  body === undefined ? {} : { 'Content-Type': body.contentType, 'Content-Length': body.body.length };

/** Hosts that are addresses are connected to without a lookup. The URL parser has brought them into their plain form. */
export const checkHost = ({ hostname }: URL): void => {
  const host = hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
  const isLocal = host === 'localhost' || host.endsWith('.localhost');
  if (isLocal || (isIP(host) !== 0 && isPrivateAddress(host))) throw notPublic(hostname, host);
};

/**
 * The lookup of a connection: what it answers is what is connected to, so that nothing can change between the check and
 * the connection.
 */
export const checkedLookup =
  (resolve: Resolve, allowPrivate: boolean): LookupFunction =>
  (host, options, told) => {
    resolve(host, (error, addresses) => {
      const problem = error ?? problemOf(host, addresses, allowPrivate);
      if (problem !== undefined) told(problem, '', 0);
      else if (options.all === true) told(null, [...addresses]);
      else told(null, (addresses[0] as ResolvedAddress).address, (addresses[0] as ResolvedAddress).family);
    });
  };

/** One address that may not be reached is enough: a name that leads to both is no name to trust. */
const problemOf = (
  host: string,
  addresses: readonly ResolvedAddress[],
  allowPrivate: boolean,
): Error | undefined => {
  if (addresses.length === 0) return new Error(`${host} has no address.`);
  const forbidden = allowPrivate ? undefined : addresses.find(({ address }) => isPrivateAddress(address));
  return forbidden === undefined ? undefined : notPublic(host, forbidden.address);
};

const notPublic = (host: string, address: string): Error =>
  new Error(
    `${host} leads to ${address}, which is not of the public internet. The target has to say allowPrivate if that is meant.`,
  );

const limitTime = (sending: ClientRequest, bytes: number, limits: EgressLimits) => {
  const end = (what: string) => () => sending.destroy(new Error(what));
  const most = limits.longest + Math.ceil((bytes / limits.bytesPerSecond) * 1000);
  const whole = setTimeout(end(`There was no whole answer within ${most} ms.`), most);
  const connecting = setTimeout(
    end(`There was no connection within ${limits.connecting} ms.`),
    limits.connecting,
  );
  const connected = () => clearTimeout(connecting);
  sending.once('socket', (socket) => {
    if (socket.connecting) socket.once('encrypted' in socket ? 'secureConnect' : 'connect', connected);
    else connected();
  });
  return {
    stop: () => {
      clearTimeout(whole);
      connected();
    },
  };
};

const readAnswer = async (response: IncomingMessage, most: number): Promise<EgressAnswer> => {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    length += chunk.length;
    // Leaving the loop ends the connection.
    if (length > most) throw new Error(`The answer had more than ${most} bytes.`);
    chunks.push(chunk);
  }
  return {
    status: response.statusCode ?? 0,
    retryAfter: response.headers['retry-after'],
    text: Buffer.concat(chunks).toString('utf8'),
  };
};
