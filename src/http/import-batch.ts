import { IMPORT } from '../credentials/credential.ts';
import type { SentAttachment } from '../statements/statement-store.ts';
import { reject } from '../xapi/rejection.ts';
import { importDocument } from './import-document.ts';
import {
  type ImportElement,
  type ImportedStatement,
  type ImportRules,
  importStatement,
} from './import-statement.ts';
import { has } from './policy.ts';
import { type RefusedElement, refusedElement } from './refused-element.ts';
import type { HttpSettings, Services } from './services.ts';
import { type Candidate, storeImported } from './store-imported.ts';
import { readTransferredRecord } from './transfer-record.ts';

/** Part of an import, in the order of its source. */
export type ImportBatch = {
  readonly rules: ImportRules;
  readonly elements: readonly ImportElement[];
  /** The bytes that the statements name, as far as they came with the import; others may be stored already. */
  readonly attachments: readonly SentAttachment[];
};

/** What became of a batch. Whatever is not refused is durable; `at` is the place in `elements`. */
export type ImportOutcome = {
  readonly stored: number;
  /** Those that were here already and are the same. */
  readonly known: number;
  readonly refused: readonly RefusedElement[];
};

export type ImportStores = Pick<
  Services,
  'statements' | 'attachments' | 'documents' | 'people' | 'credentials' | 'installation'
> & { readonly settings: Pick<HttpSettings, 'maxDepth'> };

/**
 * Stores what is good of a batch and says of each of the others what is wrong with it.
 *
 * @throws Rejection `not-found` when it is to be stored as a credential that is not there, `unavailable`.
 */
export const importBatch = async (stores: ImportStores, batch: ImportBatch): Promise<ImportOutcome> => {
  const author = authorOf(stores, batch.rules);
  const { maxDepth } = stores.settings;
  const stored = (sha2: string) => stores.attachments.get(sha2);
  const { candidates, refused } = await readBatch(batch, stored, maxDepth);
  const outcome = { stored: 0, known: 0, refused: [...refused] };
  for (const group of groupsOf(candidates)) {
    const { define, voids } = group[0]?.terms ?? {};
    const mayDefine = author.mayDefine && define !== false;
    const terms = { ...author, ...batch.rules, mayDefine, voidsOnlyOwn: voids === 'own' };
    const kept = await storeImported(stores.statements, group, terms);
    outcome.stored += kept.stored;
    outcome.known += kept.known;
    outcome.refused.push(...kept.refused);
  }
  for (const [at, { kind, text }] of batch.elements.entries()) {
    if (kind === 'statement') continue;
    try {
      outcome[await importOther(stores, kind, text)] += 1;
    } catch (error) {
      outcome.refused.push(refusedElement(at, error));
    }
  }
  return { ...outcome, refused: outcome.refused.sort((a, b) => a.at - b.at) };
};

const importOther = (
  { documents, people }: ImportStores,
  kind: 'document' | 'record',
  text: string,
): Promise<'stored' | 'known'> =>
  kind === 'document'
    ? importDocument(documents, text)
    : Promise.resolve(text).then(readTransferredRecord).then(people.carryOver);

/** Reads the statements of a batch; nothing is stored. */
export const readBatch = async (
  { elements, attachments, rules }: ImportBatch,
  storedAttachment: (sha2: string) => Promise<SentAttachment | undefined>,
  maxDepth: number,
): Promise<{ readonly candidates: readonly Candidate[]; readonly refused: readonly RefusedElement[] }> => {
  const sent = new Map(attachments.map((attachment) => [attachment.sha2, attachment]));
  const attachmentOf = async (sha2: string) => sent.get(sha2) ?? storedAttachment(sha2);
  const reading = { ...rules, maxDepth };
  const candidates: Candidate[] = [];
  const refused: RefusedElement[] = [];
  for (const [at, element] of elements.entries()) {
    if (element.kind !== 'statement') continue;
    try {
      const read: ImportedStatement = await importStatement(element, reading, attachmentOf);
      candidates.push({ ...read, at, terms: element.terms ?? {} });
    } catch (error) {
      refused.push(refusedElement(at, error, idOf(element.text)));
    }
  }
  return { candidates, refused };
};

const idOf = (text: string): string | undefined => {
  try {
    const { id } = JSON.parse(text) as { readonly id?: unknown };
    return typeof id === 'string' ? id : undefined;
  } catch {
    return undefined;
  }
};

/** Cuts where the terms change, and where an id comes again, so that the second finds the first one stored. */
const groupsOf = (candidates: readonly Candidate[]): readonly (readonly Candidate[])[] => {
  const groups: Candidate[][] = [];
  let ids = new Set<string>();
  for (const candidate of candidates) {
    const before = groups.at(-1)?.at(-1);
    if (before === undefined || ids.has(candidate.sent.id) || !isSameTerms(before, candidate)) {
      groups.push([]);
      ids = new Set();
    }
    ids.add(candidate.sent.id);
    groups.at(-1)?.push(candidate);
  }
  return groups;
};

const isSameTerms = ({ terms: one }: Candidate, { terms: other }: Candidate): boolean =>
  one.define === other.define && one.voids === other.voids;

const authorOf = ({ credentials, installation }: ImportStores, { as }: ImportRules) => {
  const credential = as === undefined ? undefined : credentials.find(as);
  if (as !== undefined && credential === undefined) throw reject('not-found', '', `There is no key ${as}.`);
  const account = { homePage: installation, name: as ?? IMPORT };
  return {
    authority: JSON.stringify({ objectType: 'Agent', account }),
    mayDefine:
      credential === undefined ||
      has({ credential: credential.id, scopes: credential.scopes }, 'all', 'define'),
  };
};
