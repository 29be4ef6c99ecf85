import type { Principal } from '../credentials/principal.ts';
import type { Family } from '../xapi/statement.ts';

/** One request to an xAPI resource, after version, credentials and parameters have been read. */
export type Exchange = {
  /** The method that is meant: HEAD is GET, and the alternate request syntax says its own. */
  readonly method: Method;
  /** Whether only the headers of the answer are wanted: its body may then be left out, and is not sent. */
  readonly isHead: boolean;
  readonly family: Family;
  readonly principal: Principal;
  /** Query parameters by name; each stands at most once and is known to the route. */
  readonly parameters: ReadonlyMap<string, string>;
  /** A request header by its lower-case name. */
  header(name: string): string | undefined;
  /** Empty for GET and DELETE. */
  readonly body: Buffer;
  /** The path of the endpoint as clients see it, without a slash at the end. */
  readonly endpoint: string;
  /** The last part of the path, for routes that have one. */
  readonly tail: string;
};

export type Method = 'GET' | 'PUT' | 'POST' | 'DELETE';

/** The answer to a request, as a value. Only `reply.ts` touches Express's response. */
export type Reply = {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  /** In place of a body: what is written as it comes, no faster than it is read, until it ends or the client is gone. */
  stream?(closed: AbortSignal): AsyncIterable<string>;
  /** Why it refuses, for our own log. */
  readonly reason?: string;
};

export type Handler = (exchange: Exchange) => Promise<Reply>;
