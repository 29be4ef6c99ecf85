import type { StoredStatement } from '../statements/statement-store.ts';
import { equivalent } from '../xapi/equivalence.ts';
import { parseExactly } from '../xapi/exact-numbers.ts';
import type { Family, Statement } from '../xapi/statement.ts';
import type { Egress } from './egress.ts';

/**
 * Whether a target that answered 409 has the statement already. The standard lets it answer so only for a different one, but
 * there are LRSs that do for the same. What cannot be asked is not there: the key may only be allowed to write.
 */
export const isThere = async (
  egress: Egress,
  { text }: StoredStatement,
  id: string,
  family: Family,
): Promise<boolean> => {
  try {
    const answer = await egress.get(`statementId=${id}`);
    if (answer.status !== 200) return false;
    return equivalent(parseExactly(answer.text) as Statement, parseExactly(text) as Statement, family);
  } catch {
    return false;
  }
};
