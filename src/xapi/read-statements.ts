import { v4 as newUuid } from 'uuid';
import { editStatement, type Keep, type PartOffsets } from './edit-statement.ts';
import { mayRound, parseExactly } from './exact-numbers.ts';
import { type Problem, Rejection } from './rejection.ts';
import {
  compactJson,
  MOST_DEPTH,
  parseJson,
  repeatedKeys,
  type Scan,
  scanJson,
  tooDeep,
} from './scan-json.ts';
import type { Family, Statement } from './statement.ts';
import { isStatement, problemsOfStatement } from './validate-statement.ts';

/** A statement that has been read and found good, with the sender's own tokens. */
export type SentStatement = {
  /** Lower case, as ids are compared. */
  readonly id: string;
  /** As the client wrote it, or as it was minted. */
  readonly idAsSent: string;
  readonly statement: Statement;
  /**
   * The compact JSON text without its closing brace, in the sender's tokens, `id` included; what the LRS
   * sets when it stores (`stored`, `authority`, and `timestamp` and `version` if not sent) is not in it.
   */
  readonly open: string;
  /** Where the values of actor, result and context stand in `open`. */
  readonly parts: PartOffsets;
  readonly family: Family;
  /** What `version` becomes where none was sent. */
  readonly version: string;
  /** Whether `open` holds the sent authority. */
  readonly keepsAuthority: boolean;
  /** Whether `open` holds the sent `stored`. */
  readonly keepsStored: boolean;
};

/** The statement for comparing: with numbers that parsing would have rounded ({@link parseExactly}). */
export const exactStatement = ({ open, statement }: SentStatement): Statement =>
  mayRound(open) ? { ...(parseExactly(`${open}}`) as Statement), ...idOf(statement) } : statement;

/** One that was minted while reading is nothing that was said. */
const idOf = ({ id }: Statement) => ({ id }) as { readonly id: string };

export type ReadingRules = {
  readonly family: Family;
  /** Keep a sent `stored` and `authority` (moving in from another LRS); otherwise they are dropped. */
  readonly keep?: Keep;
  /** The most statements that one request may carry. */
  readonly maxStatements?: number;
  /** The longest that the text of one statement may be, in characters. */
  readonly maxStatement?: number;
  /** How deep a statement may nest. */
  readonly maxDepth?: number;
  /**
   * What else is wrong with the good ones among the statements of a batch that is refused for the others, so that all
   * is told at once; problems have the index. It is asked of no other batch.
   */
  readonly alsoWrong?: (good: readonly (Statement | undefined)[]) => readonly Problem[];
};

export type SentBatch = {
  /** Whether the text was an array, even of one. */
  readonly isArray: boolean;
  readonly statements: readonly SentStatement[];
};

/**
 * Reads one statement or an array of them from JSON text.
 *
 * @throws Rejection with every problem of every statement: `json-invalid` if it is no JSON or a key is repeated,
 * otherwise `statement-invalid`; or `too-large`.
 */
export const readStatements = (sent: string, rules: ReadingRules): SentBatch => {
  const { maxStatements, maxStatement = Number.POSITIVE_INFINITY, maxDepth = MOST_DEPTH } = rules;
  const { text, scan } = compactScan(sent, maxStatements);
  checkLengths(scan, maxStatement);
  checkDepth(scan, maxDepth);
  const value = parseJson(text);
  const isArray = Array.isArray(value);
  const values = isArray ? (value as unknown[]) : [value];
  const repeated = repeatedKeys(text, value, scan, MOST_PROBLEMS);
  const good = checked(values, rules, isArray ? repeated.map(inElement) : repeated, isArray);
  return {
    isArray,
    statements: good.map((statement, index) => sentStatement(statement, index, text, scan, rules)),
  };
};

const compactScan = (sent: string, most?: number): { readonly text: string; readonly scan: Scan } => {
  const scan = scanJson(sent, most);
  if (scan.compact) return { text: sent, scan };
  const text = compactJson(sent);
  return { text, scan: scanJson(text) };
};

const checkLengths = ({ elements }: Scan, most: number): void => {
  for (let at = 0; at + 1 < elements.length; at += 2) {
    const length = (elements[at + 1] as number) - (elements[at] as number);
    if (length <= most) continue;
    const message = `This statement has ${length} characters; one may have ${most} (CAIRN_MAX_STATEMENT).`;
    throw new Rejection('too-large', [{ index: at / 2, pointer: '', message }]);
  }
};

/** The array around a batch does not count: a statement may nest as deep alone as among others. */
const checkDepth = ({ isArray, depth, deepest }: Scan, most: number): void => {
  if (depth > (isArray ? most + 1 : most)) throw tooDeep(most, deepest);
};

/** How many problems are told at most: enough to mend a batch, too few to be a burden. */
const MOST_PROBLEMS = 10_000;

/** A problem of an element of the array, told as one of that statement. */
const inElement = ({ pointer, ...rest }: Problem): Problem => {
  const [, index = '0', inside = ''] = /^\/(\d+)(.*)$/s.exec(pointer) ?? [];
  return { index: Number(index), pointer: inside, ...rest };
};

const checked = (
  values: readonly unknown[],
  { family, alsoWrong }: ReadingRules,
  repeated: readonly Problem[],
  isArray: boolean,
): readonly Statement[] => {
  const problems = [...repeated, ...problemsOfAll(values, family, isArray)];
  if (problems.length === 0) return values as readonly Statement[];
  if (alsoWrong !== undefined && problems.length < MOST_PROBLEMS) {
    problems.push(...alsoWrong(values.map((value) => (isStatement(value, family) ? value : undefined))));
  }
  problems.sort((a, b) => (a.index ?? 0) - (b.index ?? 0));
  const reason = repeated.length > 0 ? 'json-invalid' : 'statement-invalid';
  throw new Rejection(reason, problems.slice(0, MOST_PROBLEMS));
};

const problemsOfAll = (values: readonly unknown[], family: Family, isArray: boolean): readonly Problem[] => {
  const problems: Problem[] = [];
  const firstWith = new Map<string, number>();
  for (let index = 0; index < values.length && problems.length < MOST_PROBLEMS; index += 1) {
    const value = values[index];
    if (!isStatement(value, family)) {
      problems.push(...problemsOfStatement(value, family, isArray ? index : undefined));
    } else if (value.id !== undefined) {
      problems.push(...repeatedId(value.id, index, firstWith, family));
    }
  }
  return problems;
};

/** ST-4; notes the id if it is new to the batch. */
const repeatedId = (
  id: string,
  index: number,
  firstWith: Map<string, number>,
  family: Family,
): readonly Problem[] => {
  const key = id.toLowerCase();
  const first = firstWith.get(key);
  if (first === undefined) {
    firstWith.set(key, index);
    return [];
  }
  const message = `The id ${id} is already that of statement ${first} of this batch; each statement has its own.`;
  return [{ index, pointer: '/id', message, clause: family === '1.0.3' ? 'Communication 2.1.2' : '4.1.6.1' }];
};

const sentStatement = (
  statement: Statement,
  index: number,
  text: string,
  scan: Scan,
  rules: ReadingRules,
): SentStatement => {
  const idAsSent = statement.id ?? newUuid();
  const { open, parts } = editStatement(statement, index, text, scan, rules);
  const withId = statement.id === undefined ? `${open},"id":"${idAsSent}"` : open;
  const { family } = rules;
  return {
    id: idAsSent.toLowerCase(),
    idAsSent,
    statement,
    open: withId,
    parts,
    family,
    version: family === '1.0.3' ? '1.0.0' : '2.0.0',
    keepsAuthority: rules.keep?.authority === true && statement.authority !== undefined,
    keepsStored: rules.keep?.stored === true && statement.stored !== undefined,
  };
};
