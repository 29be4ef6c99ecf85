import { randomUUID } from 'node:crypto';

export const ADA = { objectType: 'Agent', mbox: 'mailto:ada@example.org' };
export const VERB = 'https://example.org/verbs/did';
const VOIDED = 'http://adlnet.gov/expapi/verbs/voided';

export type Json = Record<string, unknown>;

/** A valid statement about an activity of its own, with an id. */
export const statementOf = (more: Json = {}): Json & { readonly id: string } => {
  const id = typeof more['id'] === 'string' ? more['id'] : randomUUID();
  return { id, actor: ADA, verb: { id: VERB }, object: { id: `https://example.org/a/${id}` }, ...more };
};

export const referenceTo = (id: string): Json => ({ objectType: 'StatementRef', id });

export const voiding = (id: string, more: Json = {}): Json & { readonly id: string } =>
  statementOf({ verb: { id: VOIDED }, object: referenceTo(id), ...more });

/** Parameters as a query string. */
export const query = (parameters: Readonly<Record<string, unknown>>): string =>
  new URLSearchParams(
    Object.entries(parameters).map(([name, value]): [string, string] => [
      name,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]),
  ).toString();

/** The ids of a StatementResult, in its order. */
export const idsOf = (body: unknown): readonly string[] =>
  (body as { readonly statements: readonly { readonly id: string }[] }).statements.map(({ id }) => id);
