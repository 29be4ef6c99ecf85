import type { StatementStore } from '../../statements/statement-store.ts';
import { isUuid } from '../../xapi/uuid.ts';
import { invalid, required } from '../parameters.ts';
import type { Services } from '../services.ts';
import { type View, viewOf } from '../view.ts';
import type { ApiHandler } from './api-exchange.ts';

/** How many are asked for at most, and how many characters are answered. */
const MOST = 1000;
const MOST_TEXT = 16 * 1024 * 1024;

/**
 * `GET statements?ids=…,…`: those that are here, as they are stored; which of the ids are voided, which are not here (or
 * are not to be seen), and which were left out because the answer would have become too large.
 */
export const getStatementsById =
  ({ statements, installation }: Services): ApiHandler =>
  async ({ parameters, principal }) => {
    const ids = required(parameters, 'ids').split(',');
    checkIds(ids);
    const view = viewOf(principal, installation);
    const found: Seen[] = [];
    let length = 0;
    for (const id of new Set(ids.map((one) => one.toLowerCase()))) {
      const one = length > MOST_TEXT ? leftOut(id) : await seen(statements, view, id);
      found.push(one);
      length += one.text.length;
    }
    const texts = found.flatMap(({ text }) => (text === '' ? [] : [text]));
    const those = (what: Seen['as']) => found.flatMap(({ id, as }) => (as === what ? [id] : []));
    const told = { voided: those('voided'), missing: those('missing'), left: those('left') };
    return {
      status: 200,
      headers: { 'Content-Type': 'application/json' },
      body: `{"statements":[${texts.join(',')}],${JSON.stringify(told).slice(1)}`,
    };
  };

const seen = async (statements: StatementStore, view: View, id: string): Promise<Seen> => {
  const found = await statements.find(id);
  if (found === undefined || !view.sees(found.text)) return { id, text: '', as: 'missing' };
  return { id, text: found.text, as: found.voided ? 'voided' : 'here' };
};

/** The text of what is here, and what else there is to tell of it. */
type Seen = {
  readonly id: string;
  readonly text: string;
  readonly as: 'here' | 'voided' | 'missing' | 'left';
};

const leftOut = (id: string): Seen => ({ id, text: '', as: 'left' });

const checkIds = (ids: readonly string[]): void => {
  const odd = ids.find((id) => !isUuid(id));
  if (odd !== undefined) throw invalid('ids', `ids are UUIDs with commas between them; ${odd} is none.`);
  if (ids.length > MOST) throw invalid('ids', `ids are at most ${MOST}, not ${ids.length}.`);
};
