import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Cairn, Key } from '../http/start-cairn.ts';
import { query } from '../http/statement-parts.ts';

export const LEARNER = { objectType: 'Agent', account: { homePage: 'https://lms.example.org', name: 'é17' } };
const SESSION = 'https://w3id.org/xapi/cmi5/context/extensions/sessionid';

/** What an LMS writes before it launches a unit (cmi5 10.0). */
export const launchDataOf = (sessionId: string) => ({
  contextTemplate: {
    contextActivities: { grouping: [{ id: 'https://lms.example.org/publisher/unit-1' }] },
    extensions: { [SESSION]: sessionId },
  },
  launchMode: 'Normal',
  launchMethod: 'AnyWindow',
  launchParameters: 'a=1',
  masteryScore: 0.8,
  moveOn: 'CompletedAndPassed',
  returnURL: 'https://lms.example.org/back',
});

export type Launch = {
  readonly activityId: string;
  readonly registration: string;
  readonly launchData: object;
  readonly preferences?: object;
};

export type FetchUrl = { readonly url: string; close(): void };

/** A fetch URL (cmi5 8.2) that hands out the credential once, to pages of any origin. */
export const openFetchUrl = async (key: Key): Promise<FetchUrl> => {
  let isSpent = false;
  const server = createServer((request, response) => {
    const isFirst = request.method === 'POST' && !isSpent;
    isSpent ||= request.method === 'POST';
    response.setHeader('Access-Control-Allow-Origin', '*');
    response.setHeader('Content-Type', 'application/json');
    const spent = { 'error-code': '1', 'error-text': 'The token has been handed out.' };
    response.end(
      JSON.stringify(isFirst ? { 'auth-token': key.authorization.slice('Basic '.length) } : spent),
    );
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/fetch?session=1`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
};

/** Writes what a unit reads when it starts, and tells the query of its launch URL. */
export const launch = async (cairn: Cairn, fetchUrl: FetchUrl, given: Launch): Promise<string> => {
  const { activityId, registration, launchData, preferences } = given;
  const state = query({ activityId, agent: LEARNER, registration, stateId: 'LMS.LaunchData' });
  await cairn.all.put(`/xapi/activities/state?${state}`).send(launchData).expect(204);
  if (preferences !== undefined) {
    const profile = query({ agent: LEARNER, profileId: 'cmi5LearnerPreferences' });
    const request = cairn.all.put(`/xapi/agents/profile?${profile}`).set('If-None-Match', '*');
    await request.send(preferences).expect(204);
  }
  return query({
    endpoint: `${cairn.origin}/xapi/`,
    fetch: fetchUrl.url,
    actor: LEARNER,
    registration,
    activityId,
  });
};
