import type { Principal } from '../../credentials/principal.ts';
import type { Reply } from '../exchange.ts';
import type { Parameters } from '../parameters.ts';

/** One request to `/api/v1`, after credentials, policy and parameters have been read. */
export type ApiExchange = {
  readonly principal: Principal;
  readonly parameters: Parameters;
  /** What stands in the path where the route has a name in braces; '' if it has none. */
  readonly argument: string;
  /** A request header by its lower-case name. */
  header(name: string): string | undefined;
  readonly body: Buffer;
  /** Scheme, host and path prefix as the client sees them, without a slash at the end. */
  readonly base: string;
};

export type ApiMethod = 'GET' | 'POST' | 'PATCH' | 'DELETE';
export type ApiHandler = (exchange: ApiExchange) => Promise<Reply>;

/** One resource of `/api/v1`. A part of its path in braces, of which it has one at most, is an argument. */
export type ApiResource = {
  readonly path: string;
  readonly methods: Partial<
    Record<ApiMethod, { readonly handle: ApiHandler; readonly parameters?: readonly string[] }>
  >;
};
