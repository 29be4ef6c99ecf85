import type { StatementQuery } from '../../src/statements/statement-query.ts';
import type { StatementBatch, StoredStatement } from '../../src/statements/statement-store.ts';
import type { Storage } from '../../src/storage/storage.ts';
import { type ReadingRules, readStatements } from '../../src/xapi/read-statements.ts';
import type { Statement } from '../../src/xapi/statement.ts';

export const HOME = 'https://lrs.example.org';

/** A UUID that is told by its number. */
export const uuid = (n: number): string => `00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`;
const numberOf = (id: string): number => Number.parseInt(id.slice(24), 16);

export const agent = (name: string) => ({ mbox: `mailto:${name}@example.org` });
export const activity = (name: string) => ({ id: `https://example.org/${name}` });
export const verb = (name: string) => ({ id: `https://example.org/verbs/${name}` });
export const account = (name: string) => ({ account: { homePage: HOME, name } });
export const reference = (n: number) => ({ objectType: 'StatementRef', id: uuid(n) });

/** Statement `n`: Ada did A, unless told otherwise. */
export const statement = (n: number, change: object = {}): object => ({
  id: uuid(n),
  actor: agent('ada'),
  verb: verb('did'),
  object: activity('a'),
  ...change,
});

export const referring = (n: number, target: number, change: object = {}): object =>
  statement(n, { actor: agent('referrer'), verb: verb('referred'), object: reference(target), ...change });

export const voiding = (n: number, target: number): object =>
  referring(n, target, { verb: { id: 'http://adlnet.gov/expapi/verbs/voided' } });

type Sending = Partial<Omit<StatementBatch, 'statements' | 'authority'>> & {
  readonly rules?: Partial<ReadingRules>;
  /** The name of the credential. */
  readonly by?: string;
};

/** A batch as the reader makes it of the text that a client sends. */
export const batchOf = (
  statements: readonly object[] | string,
  { rules, by, ...rest }: Sending = {},
): StatementBatch => ({
  statements: readStatements(typeof statements === 'string' ? statements : JSON.stringify(statements), {
    family: '1.0.3',
    ...rules,
  }).statements,
  authority: JSON.stringify({ objectType: 'Agent', ...account(by ?? 'key') }),
  mayDefine: true,
  ...rest,
});

export const store = (
  { statements }: Storage,
  sent: readonly object[] | string,
  sending: Sending = {},
): Promise<readonly string[]> => statements.append(batchOf(sent, sending));

export const parsed = ({ text }: Pick<StoredStatement, 'text'>): Statement => JSON.parse(text) as Statement;
export const numbersOf = (found: readonly StoredStatement[]): number[] =>
  found.map((one) => numberOf(parsed(one).id as string));

/** The pages that match, as the numbers of their statements; `between` runs after each page. */
export const pages = async (
  { statements }: Storage,
  query: Partial<StatementQuery> = {},
  between: () => Promise<unknown> = async () => undefined,
): Promise<number[][]> => {
  const found: number[][] = [];
  let { behind } = query;
  do {
    const page = await statements.page({
      ascending: false,
      limit: 100,
      ...query,
      ...(behind === undefined ? {} : { behind }),
    });
    found.push(numbersOf(page.statements));
    ({ behind } = page);
    await between();
  } while (behind !== undefined);
  return found;
};

/** The numbers of all statements that match, newest first unless asked for in ascending order. */
export const found = async (storage: Storage, query: Partial<StatementQuery> = {}): Promise<number[]> =>
  (await pages(storage, query)).flat();

export const one = async (storage: Storage, n: number): Promise<StoredStatement> => {
  const stored = await storage.statements.find(uuid(n));
  if (stored === undefined) throw new Error(`Statement ${n} is not there.`);
  return stored;
};
