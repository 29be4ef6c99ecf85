import type { StoredStatement } from '../statements/statement-store.ts';
import type { Outcome } from './outcome.ts';

/** What became of statements that were to be delivered: the first ones, in their order, unless something stopped it. */
export type Delivery = {
  readonly delivered: readonly StoredStatement[];
  /** Those that the target refused when they stood alone. */
  readonly refused: readonly Refused[];
  /** Why all others are to be sent again later. */
  readonly failed?: Failed;
};

export type Refused = {
  readonly statement: StoredStatement;
  readonly status: number;
  readonly answer: string;
};
export type Failed = Extract<Outcome, { readonly kind: 'failed' }>;

/**
 * Delivers statements in their order. What is refused is halved until each culprit stands alone, and the others go on;
 * a failure ends it. Those delivered or refused are always the first of them.
 */
export const deliver = async (
  statements: readonly StoredStatement[],
  send: (statements: readonly StoredStatement[]) => Promise<Outcome>,
): Promise<Delivery> => {
  const delivered: StoredStatement[] = [];
  const refused: Refused[] = [];
  const rest = [statements];
  for (let group = rest.pop(); group !== undefined; group = rest.pop()) {
    const [first] = group;
    if (first === undefined) continue;
    const outcome = await send(group);
    if (outcome.kind === 'failed') return { delivered, refused, failed: outcome };
    if (outcome.kind === 'delivered') delivered.push(...group);
    else if (group.length === 1) {
      refused.push({ statement: first, status: outcome.status, answer: outcome.answer });
    } else {
      const middle = Math.ceil(group.length / 2);
      rest.push(group.slice(middle), group.slice(0, middle));
    }
  }
  return { delivered, refused };
};
