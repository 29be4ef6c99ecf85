import { randomUUID } from 'node:crypto';
import { ADA, query } from './statement-parts.ts';

/** The three resources that keep documents, and how each is addressed. */
export const RESOURCES = [
  ['activities/state', { activityId: 'https://example.org/documents', agent: ADA }, 'stateId'],
  ['activities/profile', { activityId: 'https://example.org/documents' }, 'profileId'],
  ['agents/profile', { agent: ADA }, 'profileId'],
] as const;

export type Addressing = (typeof RESOURCES)[number];

/** The path of one document; a new one unless an id is given. */
export const pathOf = (
  [resource, scope, idName]: Addressing,
  id: string = randomUUID(),
  more: Readonly<Record<string, unknown>> = {},
): string => `/xapi/${resource}?${query({ ...scope, ...more, [idName]: id })}`;

/** The path of the list of ids. */
export const listOf = ([resource, scope]: Addressing, more: Readonly<Record<string, unknown>> = {}): string =>
  `/xapi/${resource}?${query({ ...scope, ...more })}`;
