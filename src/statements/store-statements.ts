import { equivalent } from '../xapi/equivalence.ts';
import { parseExactly } from '../xapi/exact-numbers.ts';
import { exactStatement, type SentStatement } from '../xapi/read-statements.ts';
import { type Problem, Rejection } from '../xapi/rejection.ts';
import type { Actor, Statement } from '../xapi/statement.ts';
import { epochMicros, formatMicros } from '../xapi/timestamp.ts';
import type { StatementBatch } from './statement-store.ts';
import { agentTerms } from './terms.ts';

/**
 * Which statements of a batch are new, by their index: the rest is stored already and equivalent (ST-3). Every
 * backend settles a batch by this, where nothing comes between it and the writing.
 *
 * @param textOf the stored text of an id, if it is taken
 * @throws Rejection `statement-conflict` naming every statement whose id belongs to a different one.
 */
export const settleBatch = (
  { statements }: StatementBatch,
  textOf: (id: string) => string | undefined,
): readonly number[] => {
  const fresh: number[] = [];
  const problems: Problem[] = [];
  statements.forEach((sent, index) => {
    const text = textOf(sent.id);
    if (text === undefined) fresh.push(index);
    else if (!isSame(text, sent)) problems.push(conflict(sent, statements.length, index));
  });
  if (problems.length > 0) throw new Rejection('statement-conflict', problems);
  return fresh;
};

const isSame = (text: string, sent: SentStatement): boolean =>
  equivalent(parseExactly(text) as Statement, exactStatement(sent), sent.family);

const conflict = ({ idAsSent }: SentStatement, count: number, index: number): Problem => ({
  ...(count > 1 ? { index } : {}),
  pointer: '/id',
  message: `The id ${idAsSent} belongs to a different statement that is already stored.`,
  clause: 'Communication 2.1.1',
});

/**
 * Who may void only statements of its own authority is refused any other that is here (V-4). One that is yet to come
 * is not voided either, unless it is its own.
 *
 * @throws Rejection `forbidden` naming every statement that would.
 */
export const checkVoiding = (
  { statements, authority, voidsOnlyOwn }: StatementBatch,
  fresh: readonly number[],
  textOf: (id: string) => string | undefined,
): void => {
  if (voidsOnlyOwn !== true) return;
  const problems = fresh.flatMap((index): readonly Problem[] => {
    const { statement, keepsAuthority } = statements[index] as SentStatement;
    const target = voidedBy(statement);
    const text = target === undefined ? undefined : textOf(target);
    if (text === undefined) return [];
    const own = keepsAuthority ? statement.authority : (JSON.parse(authority) as Actor);
    if (authorityKey((JSON.parse(text) as Statement).authority) === authorityKey(own)) return [];
    const message = `This key may void only statements of its own; ${target} is another's. The scope all would do.`;
    return [{ index, pointer: '/object/id', message, clause: 'Data 2.3.2' }];
  });
  if (problems.length > 0) throw new Rejection('forbidden', problems);
};

/** The same text for the same authority. */
export const authorityKey = (authority: Actor | undefined): string =>
  authority === undefined ? '' : agentTerms(authority).join(' ');

/** The verb that voids (Data 2.3.2). */
const VOIDED = 'http://adlnet.gov/expapi/verbs/voided';

/** The id, in lower case, of what a statement voids; undefined when it voids nothing. */
export const voidedBy = ({ verb, object }: Statement): string | undefined =>
  verb.id === VOIDED && object.objectType === 'StatementRef' ? object.id.toLowerCase() : undefined;

/**
 * Kept moments only ascend, come after all that is stored and are not to come yet, or Consistent-Through would lie.
 * A statement without one is stored now, so that none can be kept behind it.
 *
 * @param last microseconds since 1970, as is `now`
 * @throws Rejection `statement-invalid` for the first that does not.
 */
export const checkKeptStored = (
  batch: StatementBatch,
  fresh: readonly number[],
  last: number,
  now: number,
): void => {
  if (!batch.statements.some(({ keepsStored }) => keepsStored)) return;
  let latest = last;
  for (const index of fresh) {
    const sent = batch.statements[index];
    const stored = sent?.keepsStored === true ? sent.statement.stored : undefined;
    const moment = stored === undefined ? now : epochMicros(stored);
    if (stored !== undefined && !(moment > latest && moment <= now)) {
      throw new Rejection('statement-invalid', [notKept(index, stored, latest)]);
    }
    latest = Math.max(latest, moment);
  }
};

const notKept = (index: number, stored: string, latest: number): Problem => ({
  index,
  pointer: '/stored',
  message: `stored can be kept only in ascending order and not from the future: ${stored} is not after ${formatMicros(latest)}, the last that is stored, or not yet here.`,
});

/** The text that is kept and answered: the sender's, and behind it what an LRS sets (Data 2.4.7 to 2.4.10). */
export const storedText = (
  { open, statement, version, keepsAuthority, keepsStored }: SentStatement,
  time: string,
  authority: string,
): string => {
  const stored = keepsStored ? '' : `,"stored":"${time}"`;
  const timestamp = statement.timestamp === undefined ? `,"timestamp":"${time}"` : '';
  const by = keepsAuthority ? '' : `,"authority":${authority}`;
  const spoken = statement.version === undefined ? `,"version":"${version}"` : '';
  return `${open}${stored}${timestamp}${by}${spoken}}`;
};
