import type { Cell } from './cells.ts';
import type { Got, Sent } from './keep-alive.ts';
import type { Asking } from './principals.ts';
import type { Standing } from './standing.ts';
import { SEES_FEW, XAPI_ROWS } from './truth-table.ts';

/** What is wrong with an answer. */
export const judge = (
  standing: Standing,
  asking: Asking,
  cell: Cell,
  sent: Sent,
  got: Got,
): readonly string[] => {
  if (got.status !== cell.status)
    return [`${got.status} in place of ${cell.status}: ${got.text.slice(0, 150)}`];
  const isRefused = got.status >= 400;
  // A form that is refused is answered as the POST that it is.
  const isHead = sent.method === 'HEAD' || (cell.method === 'HEAD' && !isRefused);
  if (isHead && got.text !== '') return ['has a body'];
  if (!isRefused) return isHead || cell.method !== 'GET' ? [] : wrongTale(standing, asking, cell, got.text);
  return [...(isHead ? [] : wrongForm(cell, got)), ...wrongHeaders(cell, got), ...leaks(asking, got)];
};

const wrongForm = ({ where, path }: Cell, { status, headers, text }: Got): readonly string[] => {
  const isProblem = where === 'api';
  const type = isProblem ? 'application/problem+json' : 'application/json';
  if (headers['content-type'] !== type) return [`is ${headers['content-type']}`];
  const body = JSON.parse(text) as Readonly<Record<string, unknown>>;
  const wanted = isProblem
    ? ['type', 'title', 'status', 'detail', 'problems']
    : ['reason', 'message', 'problems'];
  if (Object.keys(body).join() !== wanted.join()) return [`has ${Object.keys(body).join()}`];
  if (isProblem && body['status'] !== status) return [`says ${body['status']}`];
  const reason = isProblem ? String(body['type']).replace('urn:cairn:reason:', '') : body['reason'];
  return reason === REASONS[status] ? [] : [`is ${reason} at ${path}`];
};

const REASONS: Readonly<Record<number, string>> = {
  400: 'parameter-invalid',
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not-found',
  405: 'method-not-allowed',
};

const wrongHeaders = ({ where, path, syntax, allow, status }: Cell, { headers }: Got): readonly string[] => {
  if (status === 405) {
    const told = headers['allow']?.split(', ').sort().join() ?? '';
    return told === allow.join() ? [] : [`allows ${told} in place of ${allow.join()}`];
  }
  if (status !== 401) return [];
  // A script that says its version as a header asks for no dialog of the browser's.
  const isScript = where === 'xapi' && syntax.form === undefined;
  const asks = headers['www-authenticate']?.startsWith('Basic realm=') === true;
  return asks === !isScript ? [] : [`${asks ? 'asks' : 'does not ask'} for a dialog at ${path}`];
};

/** Nothing that it signed in with comes back. */
const leaks = ({ authorization = '' }: Asking, { text, headers }: Got): readonly string[] => {
  const [, sent = ''] = authorization.split(' ');
  const secrets = [
    sent,
    Buffer.from(sent, 'base64').toString().split(':')[1] ?? '',
    sent.split('.').at(-1) ?? '',
  ];
  const told = `${text} ${JSON.stringify(headers)}`;
  return secrets.some((secret) => secret.length > 5 && told.includes(secret)) ? ['tells a secret'] : [];
};

type Tale = (
  standing: Standing,
  asking: Asking,
  cell: Cell,
  text: string,
) => readonly [told: string, wanted: string];

const wrongTale = (standing: Standing, asking: Asking, cell: Cell, text: string): readonly string[] => {
  const [told, wanted] = TALES[`${cell.path} ${cell.what}`.trim()]?.(standing, asking, cell, text) ?? [
    '',
    '',
  ];
  return told === wanted ? [] : [`tells ${told} in place of ${wanted}`];
};

const oneStatement: Tale = (_standing, { world }, { what }, text) => [
  JSON.parse(text).id,
  String(world.stored[what]),
];
const listed: Tale = (_standing, asking, _cell, text) => [sorted(idsIn(text)), sorted(visibleTo(asking))];
const nothingHidden: Tale = (_standing, asking, _cell, text) => {
  const visible = visibleTo(asking);
  return [sorted(idsIn(text).filter((id) => !visible.includes(id))), ''];
};
const activity: Tale = (_standing, _asking, { letter }, text) => [
  'definition' in JSON.parse(text) ? 'y' : 'i',
  letter,
];

/** What is told where more than a status says who may have what. */
const TALES: Readonly<Record<string, Tale>> = {
  'statements own': oneStatement,
  'statements stored by another': oneStatement,
  'statements of another learner': oneStatement,
  'statements own, of another': oneStatement,
  'statements of another registration': oneStatement,
  'statements a list': listed,
  'statements/more a list': nothingHidden,
  'statements/count a list': (_standing, asking, _cell, text) => [
    String(JSON.parse(text).count),
    String(visibleTo(asking).length),
  ],
  'activities own': activity,
  'activities of another activity': activity,
  'query of few': (_standing, { column }, _cell, text) => [
    text.includes('"suppressed":true') || text.includes('fewer than five people') ? '.' : 'y',
    SEES_FEW[column] ?? '',
  ],
  launches: ({ launches }, _asking, { letter }, text) => {
    const found = Object.values(launches).filter((id) => text.includes(id)).length;
    return [['y', 'some of others', 'a'][found] ?? '', letter];
  },
};

const sorted = (ids: readonly string[]): string => [...ids].sort().join();

const idsIn = (text: string): readonly string[] =>
  (JSON.parse(text) as { readonly statements: readonly { readonly id: string }[] }).statements.map(
    ({ id }) => id,
  );

const LETTER_AT = { free: 3, learner: 4, launched: 5, stranger: 3 } as const;

/** The ids of those statements of its world that the table lets it have one by one. */
const visibleTo = ({ kind, column, world }: Asking): readonly string[] =>
  XAPI_ROWS.filter((row) => row[0] === 'GET' && row[1] === 'statements' && row[2] !== 'a list')
    .filter((row) => row[LETTER_AT[kind]][column] === 'y')
    .map(([, , what]) => world.stored[what] as string);
