import type { SentAttachment, StatementBatch, StatementStore } from '../statements/statement-store.ts';
import type { Problem, Rejection } from '../xapi/rejection.ts';
import { epochMicros, formatMicros } from '../xapi/timestamp.ts';
import type { ImportedStatement } from './import-statement.ts';
import { type RefusedElement, rejectionOf } from './refused-element.ts';
import type { TransferTerms } from './transfer-terms.ts';

/** A good statement and its place in the batch. */
export type Candidate = ImportedStatement & { readonly at: number; readonly terms: TransferTerms };

type Terms = Pick<StatementBatch, 'authority' | 'mayDefine' | 'voidsOnlyOwn'> & {
  readonly keepStored: boolean;
};
type Kept = { readonly stored: number; readonly known: number; readonly refused: readonly RefusedElement[] };

/** Stores statements whose ids are distinct; one that conflicts is taken out, and the others are stored. */
export const storeImported = async (
  statements: StatementStore,
  candidates: readonly Candidate[],
  terms: Terms,
): Promise<Kept> => {
  const known = await knownAmong(statements, candidates);
  const refused = terms.keepStored ? outOfOrder(candidates, known) : new Map();
  for (;;) {
    const rest = candidates.filter((candidate) => !refused.has(candidate));
    const conflicts = rest.length === 0 ? NONE : await append(statements, rest, terms);
    if (conflicts.size === 0) {
      const again = rest.filter((candidate) => known.has(candidate)).length;
      return { stored: rest.length - again, known: again, refused: [...refused.values()] };
    }
    for (const [candidate, element] of conflicts) refused.set(candidate, element);
  }
};

const knownAmong = async (
  statements: StatementStore,
  candidates: readonly Candidate[],
): Promise<Set<Candidate>> => {
  const known = new Set<Candidate>();
  for (const candidate of candidates) {
    if ((await statements.find(candidate.sent.id)) !== undefined) known.add(candidate);
  }
  return known;
};

type Refused = ReadonlyMap<Candidate, RefusedElement>;
const NONE: Refused = new Map();

/** Stores all, or nothing and answers which of them stand in the way. */
const append = async (
  statements: StatementStore,
  candidates: readonly Candidate[],
  { authority, mayDefine, voidsOnlyOwn = false }: Terms,
): Promise<Refused> => {
  const attachments = new Map<string, SentAttachment>();
  for (const one of candidates)
    for (const attached of one.attachments) attachments.set(attached.sha2, attached);
  try {
    await statements.append({
      statements: candidates.map(({ sent }) => sent),
      authority,
      mayDefine,
      voidsOnlyOwn,
      attachments: [...attachments.values()],
      signatures: candidates.map(({ signature }) => signature),
    });
    return NONE;
  } catch (error) {
    return byCandidate(candidates, rejectionOf(error));
  }
};

const byCandidate = (candidates: readonly Candidate[], { reason, problems }: Rejection): Refused => {
  const refused = new Map<Candidate, RefusedElement>();
  for (const { index = 0, ...problem } of problems) {
    const candidate = candidates[index] as Candidate;
    const others = refused.get(candidate)?.problems ?? [];
    const { at, sent } = candidate;
    refused.set(candidate, { at, id: sent.idAsSent, reason, problems: [...others, problem] });
  }
  return refused;
};

/** Those whose `stored` cannot be kept: it ascends and is not to come yet. The store itself knows the last that it has. */
const outOfOrder = (
  candidates: readonly Candidate[],
  known: ReadonlySet<Candidate>,
): Map<Candidate, RefusedElement> => {
  const refused = new Map<Candidate, RefusedElement>();
  const now = Date.now() * 1000;
  let last = 0;
  for (const candidate of candidates) {
    if (known.has(candidate)) continue;
    const { at, sent } = candidate;
    const problem = problemOfStored(sent.statement.stored, last, now);
    if (problem === undefined) last = epochMicros(sent.statement.stored as string);
    else refused.set(candidate, { at, id: sent.idAsSent, reason: 'statement-invalid', problems: [problem] });
  }
  return refused;
};

const problemOfStored = (stored: string | undefined, last: number, now: number): Problem | undefined => {
  const pointer = '/stored';
  if (stored === undefined) return { pointer, message: 'There is no stored that could be kept.' };
  const moment = epochMicros(stored);
  if (moment > now) return { pointer, message: `stored lies in the future: ${stored}.` };
  if (moment > last) return undefined;
  const message = `stored is kept only in ascending order: ${stored} is not after ${formatMicros(last)}, the last before it.`;
  return { pointer, message };
};
