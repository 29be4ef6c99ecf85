import { query } from '../statement-parts.ts';
import { type Good, goodApi, goodXapi } from './good-requests.ts';
import type { Sent } from './keep-alive.ts';
import type { Asking } from './principals.ts';
import type { Standing } from './standing.ts';
import { API_ROWS, METHODS, METRICS_ROWS, OPEN, type Row, STRANGERS, XAPI_ROWS } from './truth-table.ts';

/** One request, and what has to be answered to it. */
export type Cell = {
  /** Of the request that is meant. */
  readonly method: string;
  readonly path: string;
  readonly what: string;
  readonly where: 'xapi' | 'api' | 'root';
  readonly syntax: Syntax;
  readonly status: number;
  /** As the truth table has it; '' where nobody is asked who they are. */
  readonly letter: string;
  /** What a 405 has to name. */
  readonly allow: readonly string[];
};

export type Syntax = {
  readonly name: string;
  readonly mount: string;
  readonly version?: string;
  /** Where the credentials of the alternate request syntax are. */
  readonly form?: 'inside' | 'header';
};

/** The first of each are for everybody, all of them for keys by Basic. */
const XAPI_SYNTAXES: readonly Syntax[] = [
  { name: '1.0.3', mount: '/xapi', version: '1.0.3' },
  { name: '2.0.0 at its own endpoint', mount: '/xapi/2.0', version: '2.0.0' },
  { name: 'form', mount: '/xapi', version: '1.0.3', form: 'inside' },
  { name: '2.0.0', mount: '/xapi', version: '2.0.0' },
  { name: 'untidy', mount: '/XAPI//2.0/', version: '1.0.3' },
  { name: 'form, signed in by a header', mount: '/xapi/2.0', version: '1.0.3', form: 'header' },
  { name: 'form of 2.0.0', mount: '/xapi', version: '2.0.0', form: 'inside' },
];
const API_SYNTAXES: readonly Syntax[] = [
  { name: 'plain', mount: '/api/v1' },
  { name: 'untidy', mount: '//API/V1/' },
];
const ROOT_SYNTAXES: readonly Syntax[] = [
  { name: 'plain', mount: '' },
  { name: 'untidy', mount: '/' },
];

const IN_FORMS = ['GET', 'HEAD', 'PUT', 'POST', 'DELETE'];
const ALWAYS = 'y'.repeat(16);

/** The rows of the table, HEAD as GET, and a row for each method that a path has not. */
const withOtherMethods = (rows: readonly Row[]): readonly Row[] => {
  const heads = rows.flatMap(([method, ...rest]): readonly Row[] =>
    method === 'GET' ? [['HEAD', ...rest]] : [],
  );
  const known = [...rows, ...heads];
  const paths = [...new Set(rows.map(([, path]) => path))].filter((path) => path !== 'nowhere');
  const others = paths.flatMap((path) =>
    METHODS.filter((method) => !known.some(([one, at]) => one === method && at === path)).map(
      (method): Row => [method, path, '', ALWAYS, ALWAYS, ALWAYS, method === 'OPTIONS' ? 204 : 405],
    ),
  );
  return [...known, ...others];
};

const METRICS = METRICS_ROWS.flatMap((row): readonly Row[] =>
  row[0] === 'GET' ? [row, ['HEAD', 'metrics', row[2], row[3], row[4], row[5], row[6]]] : [row],
);

type Group = {
  readonly where: Cell['where'];
  readonly rows: readonly Row[];
  readonly syntaxes: readonly Syntax[];
  /** How many of these are for everybody. */
  readonly common: number;
};
const GROUPS: readonly Group[] = [
  { where: 'xapi', rows: withOtherMethods(XAPI_ROWS), syntaxes: XAPI_SYNTAXES, common: 3 },
  { where: 'api', rows: withOtherMethods(API_ROWS), syntaxes: API_SYNTAXES, common: 1 },
  { where: 'root', rows: METRICS, syntaxes: ROOT_SYNTAXES, common: 1 },
];

const allowOf = (where: Cell['where'], path: string, rows: readonly Row[]): readonly string[] => {
  if (where === 'root') return ['GET', 'HEAD'];
  const own = rows.filter(([, at, , , , , status]) => at === path && status < 400).map(([method]) => method);
  return [...new Set([...own, 'OPTIONS'])].sort();
};

const LETTER_AT = { free: 3, learner: 4, launched: 5 } as const;

/** The letter for who asks; `x` for a stranger, who is 401 unless the table has a word for it. */
const letterOf = ({ kind, column }: Asking, row: Row): string =>
  kind === 'stranger' ? 'x' : (row[LETTER_AT[kind]][column] ?? '?');

const STATUS_OF: Readonly<Record<string, number>> = { '.': 403, '4': 404, x: 401 };

const statusOf = (
  { name, kind }: Asking,
  letter: string,
  [method, path, , , , , status]: Row,
  where: Cell['where'],
): number => {
  if (method === 'OPTIONS' && status === 204) return status;
  const known = where === 'api' ? undefined : STRANGERS[name]?.[path];
  if (kind === 'stranger' && known !== undefined) return status < 400 ? known : status;
  return STATUS_OF[letter] ?? status;
};

const openCells = (): readonly Cell[] =>
  Object.entries(OPEN).flatMap(([path, statuses]) => {
    const allow = METHODS.filter((_, at) => (statuses[at] as number) < 400).sort();
    const common = {
      path,
      what: '',
      where: 'root',
      letter: '',
      allow,
      syntax: ROOT_SYNTAXES[0] as Syntax,
    } as const;
    return METHODS.map((method, at): Cell => ({ ...common, method, status: statuses[at] as number }));
  });

/** Every cell of one who asks. */
export const cellsOf = (asking: Asking): readonly Cell[] => [
  ...GROUPS.flatMap(({ where, rows, syntaxes, common }) =>
    syntaxes.slice(0, asking.isThorough ? syntaxes.length : common).flatMap((syntax) =>
      rows
        .filter(([method]) => syntax.form === undefined || IN_FORMS.includes(method))
        .map((row): Cell => {
          const [method, path, what] = row;
          const letter = letterOf(asking, row);
          const isNoForm = syntax.form !== undefined && syntax.version === '2.0.0' && path !== 'about';
          const status = isNoForm ? 400 : statusOf(asking, letter, row, where);
          return { method, path, what, where, syntax, letter, status, allow: allowOf(where, path, rows) };
        }),
    ),
  ),
  ...openCells(),
];

const JSON_BODY = { 'Content-Type': 'application/json', 'If-None-Match': '"none"' };

/** The request of a cell. */
export const requestOf = async (standing: Standing, asking: Asking, cell: Cell): Promise<Sent> => {
  const { method, path, what, where, syntax, status } = cell;
  const { authorization, world } = asking;
  const signedIn: Record<string, string> =
    authorization === undefined ? {} : { Authorization: authorization };
  if (where === 'root') {
    const at = path.startsWith('/') ? path : `${syntax.mount}/${path}`;
    return { method, path: at, headers: signedIn };
  }
  const meant = method === 'HEAD' ? 'GET' : method;
  if (where === 'xapi') return requestToXapi(cell, goodXapi(meant, path, what, world), signedIn);
  const good = await goodApi(standing, asking, [meant, path, what], status < 300);
  return plain(cell, good, { ...signedIn, 'Content-Type': 'application/json' });
};

const plain = ({ method, syntax }: Cell, good: Good, headers: Readonly<Record<string, string>>): Sent => ({
  method,
  path: `${syntax.mount}/${good.path}?${query(good.parameters)}`,
  headers,
  ...(good.body === undefined ? {} : { body: good.body }),
});

const requestToXapi = (cell: Cell, good: Good, signedIn: Readonly<Record<string, string>>): Sent => {
  const { method, syntax } = cell;
  const version = { 'X-Experience-API-Version': syntax.version ?? '' };
  if (syntax.form === undefined) return plain(cell, good, { ...JSON_BODY, ...version, ...signedIn });
  const isInside = syntax.form === 'inside';
  const content = good.body ?? (/^P/.test(method) ? '{}' : undefined);
  const fields = {
    ...good.parameters,
    ...version,
    ...JSON_BODY,
    ...(content === undefined ? {} : { content }),
    ...(isInside ? signedIn : {}),
  };
  return {
    method: 'POST',
    path: `${syntax.mount}/${good.path}?method=${method}`,
    headers: isInside ? {} : signedIn,
    body: query(fields),
  };
};
