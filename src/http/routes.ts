import { DOCUMENT_PARAMETERS, deleteDocument, getDocument, postDocument, putDocument } from './documents.ts';
import type { Handler, Method } from './exchange.ts';
import { getAbout } from './get-about.ts';
import { getActivities } from './get-activities.ts';
import { getAgents } from './get-agents.ts';
import { getMoreStatements, getStatements } from './get-statements.ts';
import type { RouteName } from './policy.ts';
import { postStatements } from './post-statements.ts';
import { putStatement } from './put-statement.ts';
import { quarantineRefused } from './quarantine-refused.ts';
import type { Services } from './services.ts';

/** One resource of the standard: what each method does there and which parameters it knows. */
export type Resource = {
  readonly path: string;
  /** Whether the last part of the path is an argument. */
  readonly hasTail?: boolean;
  readonly methods: Partial<
    Record<Method, { readonly handle: Handler; readonly parameters: readonly string[] }>
  >;
};

const LIST_PARAMETERS = [
  'statementId',
  'voidedStatementId',
  'agent',
  'verb',
  'activity',
  'registration',
  'related_activities',
  'related_agents',
  'since',
  'until',
  'limit',
  'format',
  'attachments',
  'ascending',
];

/** Every resource of the xAPI endpoint. */
export const xapiResources = (services: Services): readonly Resource[] => {
  return [
    {
      path: 'statements',
      methods: {
        POST: { handle: quarantineRefused(services, postStatements(services)), parameters: [] },
        PUT: { handle: quarantineRefused(services, putStatement(services)), parameters: ['statementId'] },
        GET: { handle: getStatements(services), parameters: LIST_PARAMETERS },
      },
    },
    {
      path: 'statements/more',
      hasTail: true,
      methods: { GET: { handle: getMoreStatements(services), parameters: [] } },
    },
    documents(services, 'activities/state', 'state'),
    documents(services, 'activities/profile', 'activity-profile'),
    documents(services, 'agents/profile', 'agent-profile'),
    { path: 'activities', methods: { GET: { handle: getActivities(services), parameters: ['activityId'] } } },
    { path: 'agents', methods: { GET: { handle: getAgents(services), parameters: ['agent'] } } },
    { path: 'about', methods: { GET: { handle: getAbout(), parameters: [] } } },
  ];
};

const documents = (
  services: Services,
  path: string,
  resource: keyof typeof DOCUMENT_PARAMETERS,
): Resource => {
  const { id, scope } = DOCUMENT_PARAMETERS[resource];
  const parameters = [...scope, id];
  return {
    path,
    methods: {
      GET: { handle: getDocument(services, resource), parameters: [...parameters, 'since'] },
      PUT: { handle: putDocument(services, resource), parameters },
      POST: { handle: postDocument(services, resource), parameters },
      DELETE: { handle: deleteDocument(services, resource), parameters },
    },
  };
};

/** The name by which the policy table knows a route. */
export const routeName = (method: Method, path: string): RouteName => `${method} ${path}` as RouteName;
