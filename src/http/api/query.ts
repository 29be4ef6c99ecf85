import { createHash } from 'node:crypto';
import type { Principal } from '../../credentials/principal.ts';
import type { Access, Question } from '../../metrics/metrics.ts';
import { waitOf } from '../../metrics/read-consistency.ts';
import type { Answer, Cell, Meta } from '../../metrics/views.ts';
import { readAcceptLanguage } from '../../xapi/accept-language.ts';
import { readJson } from '../../xapi/scan-json.ts';
import type { Reply } from '../exchange.ts';
import { nameActivities } from '../name-activities.ts';
import { invalid, required } from '../parameters.ts';
import { has } from '../policy.ts';
import { json } from '../reply.ts';
import type { Services } from '../services.ts';
import type { ApiExchange, ApiHandler } from './api-exchange.ts';
import { logAnswer, logPersons, personsListed } from './log-persons.ts';
import { readJsonBody } from './record-people.ts';

type Asked = Pick<Services, 'learning' | 'statements'>;
type Logged = Asked & Pick<Services, 'log'>;

/** What a credential may be told by metrics. */
export const accessOf = (principal: Principal): Access => ({
  small: has(principal, 'all', 'all/read', 'metrics/read/small', 'metrics/evidence'),
  names: has(principal, 'all', 'all/read', 'metrics/evidence'),
});

/** `POST query`: metrics by dimensions. */
export const postQuery =
  (services: Logged): ApiHandler =>
  async (exchange) =>
    answerReply(services, exchange, readJsonBody(exchange));

/** `GET query?q=…`: the same as a link, the question being base64url of its JSON. */
export const getQuery =
  (services: Logged): ApiHandler =>
  async (exchange) => {
    const q = required(exchange.parameters, 'q');
    if (!/^[\w-]+={0,2}$/.test(q)) throw invalid('q', 'q is a question as JSON in base64url.');
    return answerReply(services, exchange, readJson(Buffer.from(q, 'base64url').toString('utf8')));
  };

/** Asks a question about the state after everything that has been stored, as far as it is there in time. */
export const askOf = <Result>(
  { learning, statements }: Asked,
  question: Question,
  query: unknown = undefined,
): Promise<Result> =>
  learning.ask(question, waitOf(query, statements.head())).then((text) => JSON.parse(text) as Result);

/** What names are told in. */
export const languagesOf = ({ header }: ApiExchange): readonly string[] => [
  ...readAcceptLanguage(header('accept-language')),
  'en',
];

const answerReply = async (services: Logged, exchange: ApiExchange, query: unknown): Promise<Reply> => {
  const access = accessOf(exchange.principal);
  const answer = await askOf<Answer>(services, { kind: 'query', query, access }, query);
  const languages = languagesOf(exchange);
  const isPacked = /gzip/i.test(exchange.header('accept-encoding') ?? '');
  const tag = tagOf(answer, access, [...languages, isPacked ? 'gzip' : 'plain']);
  const headers = { ETag: tag, ...PRIVATE };
  if (isKnown(exchange.header('if-none-match'), tag)) return { status: 304, headers };
  logAnswer(services, exchange.principal, answer);
  return json(await nameActivities(answer, services.statements, languages), headers);
};

/** It may be kept by who has asked, and is to be asked for again each time. */
const PRIVATE = {
  'Cache-Control': 'private, max-age=0, must-revalidate',
  Vary: 'Origin, Authorization, Accept-Encoding, Accept-Language',
};

/** The question and the versions of its metrics, what it is answered from and how that was read, which page, who may be told what, and how. */
const tagOf = ({ meta, page }: Answer, access: Access, form: readonly string[]): string => {
  const { queryHash, seq, behind, signals, asOf, completeThrough } = meta;
  const what = [
    queryHash,
    seq,
    behind,
    signals,
    asOf,
    completeThrough.min,
    page,
    access.small,
    access.names,
    form,
  ];
  return `"${createHash('sha256').update(JSON.stringify(what)).digest('base64url')}"`;
};

const isKnown = (ifNoneMatch: string | undefined, tag: string): boolean =>
  ifNoneMatch?.split(',').some((one) => [tag, `W/${tag}`, '*'].includes(one.trim())) ?? false;

type Explained = { readonly metrics: readonly { readonly totals: Cell }[]; readonly meta: Meta };

/** `POST explain`: which rows the figures of a question are made of, and which were left out. */
export const postExplain =
  (services: Logged): ApiHandler =>
  async (exchange) => {
    const query = readJsonBody(exchange);
    const question = { kind: 'explain', query, access: accessOf(exchange.principal) } as const;
    const explained = await askOf<Explained>(services, question, query);
    const { definitions, queryHash, seq } = explained.meta;
    const shown = { definition: definitions.join(', '), queryHash, seq };
    const told = personsListed(explained.metrics.map(({ totals }) => totals));
    logPersons(services, exchange.principal, shown, told);
    return json(explained);
  };
