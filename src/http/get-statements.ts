import type { Position, StatementQuery } from '../statements/statement-query.ts';
import { reject } from '../xapi/rejection.ts';
import type { Exchange, Handler, Reply } from './exchange.ts';
import { checkFollowable, type MoreRequest, readMore, writeMore } from './more.ts';
import {
  invalid,
  type Parameters,
  readActor,
  readBoolean,
  readChoice,
  readCount,
  readIri,
  readMoment,
  readUuid,
} from './parameters.ts';
import { knowsActivities, seesOnlySome } from './policy.ts';
import { presentPage, presentStatement } from './present-statements.ts';
import type { Presentation } from './presentation.ts';
import type { HttpSettings, Services } from './services.ts';
import { pageSeen, viewOf } from './view.ts';

/** What one statement may be asked for with; lists know more. */
const WITH_ONE = ['statementId', 'voidedStatementId', 'attachments', 'format'];

/** `GET statements`: one by id, or a page of those that match (Communication 2.1.3). */
export const getStatements =
  (services: Services): Handler =>
  async (exchange) => {
    const { parameters } = exchange;
    if (parameters.has('statementId') || parameters.has('voidedStatementId'))
      return getOne(services, exchange);
    return getPage(services, exchange, { parameters });
  };

/** `GET statements/more/<token>`: the next page of an earlier query, under whichever credential presents it. */
export const getMoreStatements =
  (services: Services): Handler =>
  async (exchange) =>
    getPage(services, exchange, readMore(exchange.tail, services.signingKey));

const getOne = async (services: Services, exchange: Exchange): Promise<Reply> => {
  const { parameters } = exchange;
  if (parameters.has('statementId') && parameters.has('voidedStatementId')) {
    throw invalid('voidedStatementId', 'Ask for statementId or for voidedStatementId, not for both.');
  }
  for (const name of parameters.keys()) {
    if (!WITH_ONE.includes(name))
      throw invalid(name, `${name} is for lists; with an id only format and attachments go.`);
  }
  const wantsVoided = parameters.has('voidedStatementId');
  const id = readUuid(parameters, wantsVoided ? 'voidedStatementId' : 'statementId') as string;
  const presentation = presentationOf(parameters, exchange.header('accept-language'), exchange);
  const found = await services.statements.find(id);
  const view = viewOf(exchange.principal, services.installation);
  if (found === undefined || found.voided !== wantsVoided || !view.sees(found.text)) {
    throw reject(
      'not-found',
      '',
      `There is no ${wantsVoided ? 'voided ' : ''}statement ${id}.`,
      'Communication 2.1.3',
    );
  }
  return presentStatement(services, found, presentation);
};

const getPage = async (services: Services, exchange: Exchange, request: MoreRequest): Promise<Reply> => {
  const language = request.language ?? exchange.header('accept-language');
  const presentation = presentationOf(request.parameters, language, exchange);
  const query = queryOf(services, request);
  const asked: MoreRequest = {
    parameters: linked(request.parameters, query),
    ...(language === undefined ? {} : { language }),
  };
  checkFollowable(asked);
  const { statements } = services;
  const page = await pageSeen(statements, query, viewOf(exchange.principal, services.installation));
  const moreBehind = (behind: Position): string =>
    writeMore(exchange.endpoint, services.signingKey, { ...asked, behind });
  return presentPage(services, page, moreBehind, presentation);
};

/** A group is found by its identifier: its members would only make the link too long for a request line. */
const linked = (parameters: Parameters, { agent }: StatementQuery): Parameters => {
  if (agent === undefined) return parameters;
  const { mbox, mbox_sha1sum, openid, account } = agent;
  return new Map([...parameters, ['agent', JSON.stringify({ mbox, mbox_sha1sum, openid, account })]]);
};

const presentationOf = (
  parameters: Parameters,
  language: string | undefined,
  exchange: Exchange,
): Presentation => ({
  isMine: seesOnlySome(exchange.principal),
  knowsActivities: knowsActivities(exchange.principal),
  isHead: exchange.isHead,
  format: readChoice(parameters, 'format', ['exact', 'ids', 'canonical']),
  attachments: readBoolean(parameters, 'attachments'),
  language,
});

const queryOf = ({ settings }: Services, { parameters, behind }: MoreRequest): StatementQuery => ({
  ...readFilters(parameters),
  ...(behind === undefined ? {} : { behind }),
  ascending: readBoolean(parameters, 'ascending'),
  limit: limitOf(parameters, settings),
});

/** What a statement has to match. */
export type Filters = Omit<StatementQuery, 'ascending' | 'limit' | 'behind' | 'authority'>;

/** @throws Rejection `parameter-invalid`. */
export const readFilters = (parameters: Parameters): Filters => {
  const agent = readActor(parameters, 'agent-or-identified-group');
  const verb = readIri(parameters, 'verb');
  const activity = readIri(parameters, 'activity');
  const registration = readUuid(parameters, 'registration');
  const since = readMoment(parameters, 'since');
  const until = readMoment(parameters, 'until');
  return {
    ...(agent === undefined ? {} : { agent }),
    ...(verb === undefined ? {} : { verb }),
    ...(activity === undefined ? {} : { activity }),
    ...(registration === undefined ? {} : { registration }),
    ...(since === undefined ? {} : { since }),
    ...(until === undefined ? {} : { until }),
    relatedAgents: readBoolean(parameters, 'related_agents'),
    relatedActivities: readBoolean(parameters, 'related_activities'),
  };
};

const limitOf = (parameters: Parameters, { pageSize, maxPageSize }: HttpSettings): number => {
  const asked = readCount(parameters, 'limit');
  if (asked === undefined) return pageSize;
  return asked === 0 ? maxPageSize : Math.min(asked, maxPageSize);
};
