import type XapiJs from '@xapi/xapi';

export type XapiLibrary = typeof XapiJs.default;

export type XapiAsked = {
  readonly endpoint: string;
  readonly username: string;
  readonly password: string;
  readonly adapter: 'axios' | 'fetch';
  readonly ids: readonly string[];
  readonly registration: string;
  /** Whether attachments are sent by what they are: axios in Node calls every Blob application/octet-stream. */
  readonly hasAttachments: boolean;
};

/*
 * What follows runs in Node and, as its own text, in pages: it uses nothing but its arguments. A refusal is told by
 * the status of its answer.
 */

export const storeAndRead = async (Xapi: XapiLibrary, asked: XapiAsked) => {
  const { endpoint, username, password, adapter, ids, registration, hasAttachments } = asked;
  const lrs = (secret: string) => {
    const auth = Xapi.toBasicAuth(username, secret);
    return new Xapi({ endpoint, auth, adapter });
  };
  const xapi = lrs(password);
  const fresh = { useCacheBuster: true } as const;
  const actor = { objectType: 'Agent', mbox: 'mailto:ada@example.org', name: 'Ada' } as const;
  const name = { 'en-US': 'Grüße — 日本 🪨' };
  const object = {
    objectType: 'Activity',
    id: 'https://example.org/cours/é?a=1&b=2#c',
    definition: { name },
  } as const;
  const statementOf = (id?: string, more: object = {}) => ({
    ...(id === undefined ? {} : { id }),
    actor,
    verb: { id: 'http://adlnet.gov/expapi/verbs/attempted', display: { en: 'attempted' } },
    object,
    context: { registration, contextActivities: { parent: { id: 'https://example.org/parent' } } },
    ...more,
  });
  /** With `fetch` the client tells the answer's text alone. */
  type Failure = {
    readonly message: string;
    readonly response?: { readonly status: number; readonly data: object };
  };
  type Refusal = {
    readonly status: number | undefined;
    readonly reason?: string;
    readonly problems?: readonly object[];
  };
  const failed = (answer: Promise<unknown>): Promise<Refusal> =>
    answer.then(
      () => ({ status: 200 }),
      ({ message, response }: Failure) => ({
        status: response?.status,
        ...(response === undefined ? (JSON.parse(message) as object) : response.data),
      }),
    );

  const about = await xapi.getAbout(fresh);
  const sent = await xapi.sendStatement({ statement: statementOf(ids[0]) as never });
  const again = await xapi.sendStatement({ statement: statementOf(ids[0]) as never });
  const conflict = await failed(
    xapi.sendStatement({ statement: statementOf(ids[0], { result: { success: true } }) as never }),
  );
  const several = await xapi.sendStatements({
    statements: ids.slice(1).map((id) => statementOf(id)) as never,
  });
  const wrong = await failed(
    xapi.sendStatements({ statements: [statementOf(), statementOf(undefined, { verb: {} })] as never }),
  );
  const read = await xapi.getStatement({ statementId: ids[0] as string, format: 'exact', ...fresh });
  const absent = await failed(xapi.getStatement({ statementId: registration }));

  const pages: unknown[] = [];
  let page = (
    await xapi.getStatements({
      agent: actor,
      activity: object.id,
      registration,
      limit: 2,
      ascending: true,
      ...fresh,
    })
  ).data;
  pages.push(page.statements.map(({ id }) => id));
  while (page.more !== '') {
    page = (await xapi.getMoreStatements({ more: page.more })).data as typeof page;
    pages.push(page.statements.map(({ id }) => id));
  }
  await xapi.voidStatement({ actor, statementId: ids[1] as string });
  const voided = [
    (await failed(xapi.getStatement({ statementId: ids[1] as string }))).reason,
    (await xapi.getVoidedStatement({ voidedStatementId: ids[1] as string })).data.id,
  ];
  const activity = await xapi.getActivity({ activityId: object.id, ...fresh });
  const person = await xapi.getAgent({ agent: actor, ...fresh });
  const refused = await failed(lrs('wrong').getStatements(fresh));
  const note = new TextEncoder().encode('Grüße');
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', note));
  const sha2 = [...hash].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  const noted = { usageType: 'https://example.org/note', display: { en: 'note' }, contentType: 'text/plain' };
  const statement = statementOf(registration, {
    attachments: [{ ...noted, length: note.length, sha2 }],
  }) as never;
  const attaching = await failed(
    xapi.sendStatement({ statement, attachments: [note.buffer as ArrayBuffer] }),
  );
  const back = hasAttachments
    ? (await xapi.getStatement({ statementId: registration, attachments: true, ...fresh })).data
    : [];

  return {
    versions: about.data.version,
    sent: [sent.data, again.data, several.data],
    conflict: conflict.reason,
    wrong: [wrong.reason, wrong.problems?.length],
    read: read.data as unknown as Record<string, unknown>,
    through: read.headers['x-experience-api-consistent-through'] as unknown,
    absent: [absent.status, absent.reason],
    pages,
    voided,
    activity: activity.data.definition,
    person: person.data as unknown,
    refused: refused.reason,
    attached: [attaching.status, back[1]],
  };
};

export const keepDocuments = async (Xapi: XapiLibrary, asked: XapiAsked) => {
  const { endpoint, username, password, adapter, registration } = asked;
  const xapi = new Xapi({ endpoint, auth: Xapi.toBasicAuth(username, password), adapter });
  const agent = { objectType: 'Agent', mbox: 'mailto:ada@example.org' } as const;
  const at = { agent, activityId: 'https://example.org/cours/é?a=1&b=2#c', registration };
  const isRefused = (answer: Promise<unknown>) =>
    answer.then(
      () => false,
      () => true,
    );
  const etagOf = (headers: Record<string, unknown>) => headers['etag'] as string;

  await xapi.createState({ ...at, stateId: 'bookmark', state: { slide: 1, seen: ['é'] } });
  await xapi.createState({ ...at, stateId: 'bookmark', state: { slide: 2 } });
  const first = await xapi.getState({ ...at, stateId: 'bookmark', useCacheBuster: true });
  const etag = etagOf(first.headers);
  const change = { ...at, stateId: 'bookmark', etag, matchHeader: 'If-Match' } as const;
  const changes = [
    await isRefused(xapi.setState({ ...change, state: { slide: 3 } })),
    await isRefused(xapi.setState({ ...change, state: { slide: 4 } })),
    await isRefused(xapi.createState({ ...change, state: { slide: 5 } })),
    await isRefused(xapi.deleteState({ ...at, stateId: 'bookmark', etag })),
    await isRefused(
      xapi.setState({ ...change, etag: '*', matchHeader: 'If-None-Match', state: { slide: 6 } }),
    ),
  ];
  const second = await xapi.getState({ ...at, stateId: 'bookmark' });
  await xapi.setState({
    ...at,
    stateId: 'text',
    state: '2p1a&=%+ é日',
    contentType: 'text/plain; charset=UTF-8',
  });
  const text = await xapi.getState({ ...at, stateId: 'text' });
  const scalars: unknown[] = [];
  for (const state of ['plain', 17, true]) {
    await xapi.setState({ ...at, stateId: 'scalar', state: state as never });
    scalars.push((await xapi.getState({ ...at, stateId: 'scalar' })).data);
  }
  const names = await xapi.getStates({ ...at, useCacheBuster: true });
  const since = await xapi.getStates({ ...at, since: '2020-01-01T00:00:00Z' });
  await xapi.deleteState({ ...at, stateId: 'text', etag: etagOf(text.headers) });
  const gone = await isRefused(xapi.getState({ ...at, stateId: 'text' }));
  const listed = await xapi.getStates(at);
  await xapi.deleteStates({ ...at, etag: etagOf(listed.headers) });
  const left = (await xapi.getStates(at)).data;

  const profiles: unknown[] = [];
  for (const kind of ['ActivityProfile', 'AgentProfile'] as const) {
    const where = { agent, activityId: at.activityId, profileId: `settings ${registration}` };
    const none = { etag: '*', matchHeader: 'If-None-Match' } as const;
    await xapi[`create${kind}`]({ ...where, profile: { a: 1 }, ...none });
    const blind = await isRefused(xapi[`set${kind}`]({ ...where, profile: { a: 2 }, ...none }));
    const { data, headers } = await xapi[`get${kind}`](where);
    const seen = { etag: etagOf(headers), matchHeader: 'If-Match' } as const;
    await xapi[`set${kind}`]({ ...where, profile: { a: 3 }, ...seen });
    const stale = await isRefused(xapi[`delete${kind}`]({ ...where, etag: seen.etag }));
    const all = (await xapi[`get${kind}s`](where)).data.includes(where.profileId);
    const now = await xapi[`get${kind}`](where);
    await xapi[`delete${kind}`]({ ...where, etag: etagOf(now.headers) });
    profiles.push([data, blind, stale, all, now.data]);
  }
  return {
    states: [first.data, second.data, text.data],
    changes,
    scalars,
    names: [[...names.data].sort(), [...since.data].sort()],
    gone: [gone, left],
    profiles,
  };
};
