import type { AttachmentStore } from '../statements/attachment-store.ts';
import { asksForTerms } from '../statements/matches-itself.ts';
import type { Position } from '../statements/statement-query.ts';
import type { StatementStore, StoredStatement } from '../statements/statement-store.ts';
import { type Delivery, deliver, type Failed, type Refused } from './deliver.ts';
import type { Egress } from './egress.ts';
import type { DeadLetter } from './forward-store.ts';
import { hideCredentials } from './hide-credentials.ts';
import { isThere } from './is-there.ts';
import { type Outcome, outcomeOf } from './outcome.ts';
import type { Target } from './target.ts';
import { isWanted } from './wanted.ts';
import { countForRequest, writeBatch } from './write-batch.ts';

/** What sending on reads and whom it speaks to. */
export type SendOnParts = {
  readonly target: Target;
  readonly statements: Pick<StatementStore, 'after' | 'head' | 'find' | 'watch'>;
  readonly attachments: AttachmentStore;
  readonly egress: Egress;
  /** How many statements go in one request at present, no more than the target's batch. */
  readonly most: number;
};

/** One step along the log. */
export type Step = Delivery & {
  /** Everything up to here has been seen to. */
  readonly position: Position;
};

/** With a filter more is read than is sent at once. */
const PAGE = 200;

/** Sends on what stands behind a position: one request's worth, or nothing if nothing of it is wanted. */
export const sendOn = async (parts: SendOnParts, from: Position): Promise<Step> => {
  const { seen, wanted } = await wantedBehind(parts, from);
  const delivery = await sendSome(parts, wanted);
  const handled = delivery.delivered.length + delivery.refused.length;
  const position = handled === wanted.length ? seen : (wanted[handled - 1]?.position ?? from);
  return { ...delivery, position };
};

/**
 * Sends what comes second behind a position, because the target answers 500 to the first whenever it is sent. If it takes
 * that, and answers 500 to the first once more, that becomes a dead letter, and the way is free.
 */
export const sendPast = async (
  parts: SendOnParts,
  from: Position,
  { status = 0, error }: Failed,
): Promise<Step | undefined> => {
  const stuck = await nextWanted(parts, from);
  const next = stuck && (await nextWanted(parts, stuck.position));
  if (stuck === undefined || next === undefined) return undefined;
  const isHealthy = (await sendSome(parts, [next])).delivered.length > 0;
  if (!isHealthy) return undefined;
  const { delivered, refused, failed: again } = await sendSome(parts, [stuck]);
  if (again !== undefined && again.status !== status) return undefined;
  const letter = again === undefined ? [] : [{ statement: stuck, status, answer: error }];
  return { delivered: [...delivered, next], refused: [...refused, ...letter], position: next.position };
};

const nextWanted = async (parts: SendOnParts, from: Position): Promise<StoredStatement | undefined> => {
  for (let at = from; at < parts.statements.head(); ) {
    const { seen, wanted } = await wantedBehind(parts, at);
    if (wanted[0] !== undefined) return wanted[0];
    at = seen;
  }
  return undefined;
};

type Behind = {
  /** Everything up to here has been looked at. */
  readonly seen: Position;
  readonly wanted: readonly StoredStatement[];
};

const wantedBehind = async ({ target, statements }: SendOnParts, from: Position): Promise<Behind> => {
  const head = statements.head();
  const isFiltered = asksForTerms({ ...target.filter, ascending: true, limit: 1 });
  const page = await statements.after(from, isFiltered ? Math.max(PAGE, target.batch) : target.batch);
  const wanted: StoredStatement[] = [];
  for (const one of page) if (await isWanted(statements, one, target.filter)) wanted.push(one);
  return { seen: page.at(-1)?.position ?? Math.max(from, head), wanted };
};

/** Sends dead letters again. */
export const sendAgain = async (parts: SendOnParts, letters: readonly DeadLetter[]): Promise<Delivery> => {
  const found: StoredStatement[] = [];
  for (const { position } of letters) found.push(...(await parts.statements.after(position - 1, 1)));
  return sendSome(parts, found, postAgain);
};

/** As many as go in one request. */
const sendSome = async (
  parts: SendOnParts,
  statements: readonly StoredStatement[],
  send = post,
): Promise<Delivery> => {
  const some = statements.slice(0, parts.most);
  const count = await countForRequest(parts.attachments, some);
  return deliver(some.slice(0, count), (group) => send(parts, group));
};

/** What was refused once may be what a target cannot deal with: 500 is about the letter, and the others go on. */
const postAgain = async (parts: SendOnParts, group: readonly StoredStatement[]): Promise<Outcome> => {
  const outcome = await post(parts, group);
  if (outcome.kind !== 'failed' || outcome.status !== 500) return outcome;
  return { kind: 'refused', status: 500, answer: outcome.error };
};

const post = async (
  { target, attachments, egress }: SendOnParts,
  group: readonly StoredStatement[],
): Promise<Outcome> => {
  try {
    const answer = await egress.post(await writeBatch(attachments, group));
    const ids = group.map(idOf);
    const outcome = outcomeOf(answer, ids, Date.now(), (text) => hideCredentials(target, text));
    const [only, ...others] = group;
    if (answer.status !== 409 || only === undefined || others.length > 0) return outcome;
    const isKnown = await isThere(egress, only, String(ids[0]), target.version);
    return isKnown ? { kind: 'delivered' } : outcome;
  } catch (error) {
    return { kind: 'failed', error: (error as Error).message };
  }
};

export const letterOf = ({ statement, status, answer }: Refused, attempts: number): DeadLetter => ({
  position: statement.position,
  statementId: idOf(statement),
  status,
  answer,
  attempts,
  refused: Date.now(),
});

const idOf = ({ text }: StoredStatement): string =>
  (JSON.parse(text) as { readonly id: string }).id.toLowerCase();
