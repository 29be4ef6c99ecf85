import { json } from '../reply.ts';
import type { Services } from '../services.ts';
import type { ApiResource } from './api-exchange.ts';
import { countStatements } from './count-statements.ts';
import {
  changeCredential,
  createCredential,
  getCredential,
  listCredentials,
  revokeCredential,
  rotateCredential,
} from './credentials.ts';
import { postEvidence } from './evidence.ts';
import { exportTable } from './exports.ts';
import { discardDeadLetters, listDeadLetters, listForwards, retryDeadLetters } from './forwards.ts';
import { getOpenapi } from './get-openapi.ts';
import { createLaunch, endLaunch, listLaunches } from './launches.ts';
import { listCohorts, listMerges, listRequirements, removeCohort } from './list-recorded.ts';
import {
  getFreshness,
  getMetric,
  listDimensions,
  listDimensionValues,
  listMetrics,
} from './metrics-catalogue.ts';
import { importRoster } from './people-roster.ts';
import { getQuarantined, listQuarantined, removeQuarantined, sendQuarantined } from './quarantine.ts';
import { getQuery, postExplain, postQuery } from './query.ts';
import { recordPeople } from './record-people.ts';
import { getStatementsById } from './statements-by-id.ts';
import { streamStatements } from './stream-statements.ts';

/** What asks for statements, as `GET statements` of the standard has it. */
const FILTERS = [
  'agent',
  'verb',
  'activity',
  'registration',
  'related_activities',
  'related_agents',
  'since',
  'until',
];

/** Every resource of `/api/v1`; `specs/openapi.json` describes them. */
export const apiResources = (services: Services): readonly ApiResource[] => [
  { path: 'openapi.json', methods: { GET: { handle: getOpenapi() } } },
  { path: 'status', methods: { GET: { handle: async () => json(await services.status()) } } },
  {
    path: 'credentials',
    methods: {
      GET: { handle: listCredentials(services) },
      POST: { handle: createCredential(services) },
    },
  },
  {
    path: 'credentials/{id}',
    methods: {
      GET: { handle: getCredential(services) },
      PATCH: { handle: changeCredential(services) },
      DELETE: { handle: revokeCredential(services) },
    },
  },
  { path: 'credentials/{id}/secret', methods: { POST: { handle: rotateCredential(services) } } },
  {
    path: 'launches',
    methods: { GET: { handle: listLaunches(services) }, POST: { handle: createLaunch(services) } },
  },
  { path: 'forwards', methods: { GET: { handle: listForwards(services) } } },
  {
    path: 'forwards/{name}/dead-letters',
    methods: { GET: { handle: listDeadLetters(services), parameters: ['after', 'limit'] } },
  },
  { path: 'forwards/{name}/retries', methods: { POST: { handle: retryDeadLetters(services) } } },
  { path: 'forwards/{name}/discards', methods: { POST: { handle: discardDeadLetters(services) } } },
  { path: 'launches/{id}', methods: { DELETE: { handle: endLaunch(services) } } },
  { path: 'statements', methods: { GET: { handle: getStatementsById(services), parameters: ['ids'] } } },
  {
    path: 'statements/count',
    methods: { GET: { handle: countStatements(services), parameters: FILTERS } },
  },
  {
    path: 'statements/stream',
    methods: { GET: { handle: streamStatements(services), parameters: [...FILTERS, 'after'] } },
  },
  {
    path: 'quarantine',
    methods: { GET: { handle: listQuarantined(services), parameters: ['after', 'limit'] } },
  },
  {
    path: 'quarantine/{id}',
    methods: {
      GET: { handle: getQuarantined(services) },
      DELETE: { handle: removeQuarantined(services) },
    },
  },
  ...metricsResources(services),
  ...peopleResources(services),
  { path: 'quarantine/{id}/statements', methods: { POST: { handle: sendQuarantined(services) } } },
];

/** What is known of learning. */
const metricsResources = (services: Services): readonly ApiResource[] => [
  { path: 'metrics', methods: { GET: { handle: listMetrics } } },
  { path: 'metrics/{id}', methods: { GET: { handle: getMetric } } },
  { path: 'dimensions', methods: { GET: { handle: listDimensions } } },
  {
    path: 'dimensions/{name}/values',
    methods: { GET: { handle: listDimensionValues(services), parameters: ['q', 'limit'] } },
  },
  {
    path: 'query',
    methods: {
      GET: { handle: getQuery(services), parameters: ['q'] },
      POST: { handle: postQuery(services) },
    },
  },
  { path: 'explain', methods: { POST: { handle: postExplain(services) } } },
  { path: 'evidence', methods: { POST: { handle: postEvidence(services) } } },
  { path: 'exports', methods: { POST: { handle: exportTable(services) } } },
  { path: 'freshness', methods: { GET: { handle: getFreshness(services) } } },
];

/** What is recorded about people. */
const peopleResources = (services: Services): readonly ApiResource[] => {
  const records = (kind: Parameters<typeof recordPeople>[1]) => ({ handle: recordPeople(services, kind) });
  return [
    {
      path: 'people/merges',
      methods: {
        GET: { handle: listMerges(services), parameters: ['after', 'limit'] },
        POST: records('merge'),
      },
    },
    { path: 'people/splits', methods: { POST: records('split') } },
    {
      path: 'people/roster',
      methods: {
        POST: {
          handle: importRoster(services),
          parameters: ['dryRun', 'source', 'accountHome', 'dateFormat'],
        },
      },
    },
    {
      path: 'requirements',
      methods: { GET: { handle: listRequirements(services) }, POST: records('requirements') },
    },
    { path: 'skills', methods: { POST: records('skills') } },
    { path: 'cohorts', methods: { GET: { handle: listCohorts(services) }, POST: records('cohort') } },
    { path: 'cohorts/{id}', methods: { DELETE: { handle: removeCohort(services) } } },
    { path: 'courses', methods: { POST: records('courses') } },
    { path: 'targets', methods: { POST: records('targets') } },
    { path: 'signals', methods: { POST: records('signals') } },
  ];
};
