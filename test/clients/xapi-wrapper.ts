/** What is used here of ADL's xAPIWrapper, which has no types of its own. */
export type AdlLibrary = {
  readonly XAPIWrapper: { readonly constructor: new (settings: object, isVerified: boolean) => Wrapper };
};

type Answer = {
  readonly status: number;
  readonly responseText: string;
  getResponseHeader(name: string): string | null;
};
type Wrapper = Readonly<Record<string, (...given: readonly unknown[]) => unknown>> & {
  hash(text: string): string;
};

export type WrapperAsked = {
  readonly endpoint: string;
  readonly user: string;
  readonly password: string;
  readonly ids: readonly string[];
  readonly registration: string;
  /** Whether the client can tell statuses, and send attachments, where it runs. */
  readonly isOld: boolean;
};

/*
 * What follows runs in pages as its own text, so it uses nothing but its arguments. Each answer is `[status, body]`.
 */

export const storeAndRead = async (adl: AdlLibrary, asked: WrapperAsked) => {
  const { endpoint, user, password, ids, registration, isOld } = asked;
  const open = (secret: string) =>
    new adl.XAPIWrapper.constructor({ endpoint, user, password: secret, strictCallbacks: true }, false);
  const adlWrapper = open(password);
  type Told = readonly [number | undefined, unknown];
  const call = (method: string, given: readonly unknown[], by = adlWrapper, ...behind: readonly unknown[]) =>
    new Promise<Told>((resolve) => {
      const callback = (_: unknown, xhr: Answer, body: unknown) => resolve([xhr.status, body]);
      by[method]?.(...given, callback, ...behind);
    });
  const actor = { mbox: 'mailto:ada@example.org', name: 'Ada' };
  const name = { 'en-US': 'Grüße — 日本 🪨' };
  const object = { id: 'https://example.org/cours/é?a=1&b=2#c', definition: { name } };
  const statementOf = (id: string, more: object = {}) => ({
    id,
    actor,
    verb: { id: 'http://adlnet.gov/expapi/verbs/attempted', display: { 'en-US': 'attempted' } },
    object,
    context: { registration },
    ...more,
  });

  const sent = await call('sendStatement', [statementOf(ids[0] as string)]);
  const again = await call('sendStatement', [statementOf(ids[0] as string)]);
  const other = await call('sendStatement', [statementOf(ids[0] as string, { result: { success: true } })]);
  const several = await call('sendStatements', [ids.slice(1).map((id) => statementOf(id))]);
  // Without a callback it waits for the answer, as players do when their page is closed.
  const waited = isOld
    ? undefined
    : (adlWrapper['sendStatement']?.(statementOf(registration, { context: {} })) as { xhr: Answer });
  const read = await call('getStatements', [{ statementId: ids[0] }, null]);
  const absent = await call('getStatements', [{ statementId: crypto.randomUUID() }, null]);
  type Page = { readonly more: string; readonly statements: readonly { readonly id: string }[] };
  const pages: string[][] = [];
  const since = new Date(Date.now() - 3_600_000).toISOString();
  const search = {
    agent: JSON.stringify(actor),
    activity: object.id,
    registration,
    limit: 2,
    ascending: true,
    since,
  };
  let [, page] = (await call('getStatements', [search, null])) as readonly [unknown, Page];
  pages.push(page.statements.map(({ id }) => id));
  while (page.more !== '') {
    [, page] = (await call('getStatements', [null, page.more])) as readonly [unknown, Page];
    pages.push(page.statements.map(({ id }) => id));
  }
  const [, activity] = await call('getActivities', [object.id]);
  const [, person] = await call('getAgents', [actor]);
  const refused = await call('getStatements', [{}, null], open('wrong'));
  const attached: unknown[] = [];
  if (!isOld) {
    const type = {
      usageType: 'https://example.org/note',
      display: { en: 'note' },
      contentType: 'text/plain',
    };
    const statement = statementOf(crypto.randomUUID());
    const [status] = await call('sendStatement', [statement], adlWrapper, [{ type, value: 'é\r\n--x' }]);
    const [, back] = await call('getStatements', [{ statementId: statement.id, attachments: true }, null]);
    attached.push(status, String(back).includes('\r\n\r\né\r\n--x\r\n'));
  }
  return {
    statuses: [sent[0], again[0], other[0], several[0], absent[0], refused[0], waited?.xhr.status],
    several: several[1],
    read: read[1] as Record<string, unknown>,
    pages,
    activity: (activity as { definition: object }).definition,
    person,
    refused: refused[1] as { readonly reason?: string },
    attached,
  };
};

export const keepDocuments = async (adl: AdlLibrary, asked: WrapperAsked) => {
  const { endpoint, user, password, registration } = asked;
  const settings = { endpoint, user, password, strictCallbacks: true };
  const wrapper = new adl.XAPIWrapper.constructor(settings, false);
  const call = (method: string, given: readonly unknown[]) =>
    new Promise<readonly [number | undefined, unknown, string | null | undefined]>((resolve) => {
      wrapper[method]?.(...given, (_: unknown, xhr: Answer, body: unknown) => {
        resolve([xhr.status, body, xhr.getResponseHeader?.('ETag')]);
      });
    });
  const agent = { mbox: 'mailto:ada@example.org' };
  const kinds = {
    State: ['https://example.org/cours/é', agent, `état ${registration}`, registration],
    ActivityProfile: [`https://example.org/cours/${registration}`, 'réglages'],
    AgentProfile: [{ ...agent, mbox: `mailto:${registration}@example.org` }, 'réglages'],
  };
  const told: Record<string, unknown> = {};
  for (const [kind, where] of Object.entries(kinds)) {
    const text = '2p1a&=%+ é日';
    const send = async (value: unknown, match: unknown, none: unknown) =>
      (await call(`send${kind}`, [...where, value, match, none]))[0];
    const find = () => call(`get${kind}`, [...where, null]);
    const hash = wrapper.hash(text);
    const statuses = [await send(text, null, '*')];
    const [, first, etag] = await find();
    statuses.push(await send({ slide: 1, seen: ['é'] }, 'da39a3ee5e6b4b0d3255bfef95601890afd80709', null));
    statuses.push(await send([1, 'é'], hash, null));
    const [, second] = await find();
    statuses.push((await call(`delete${kind}`, [...where, wrapper.hash(JSON.stringify(second)), null]))[0]);
    statuses.push(await send({ slide: 1, seen: ['é'] }, null, '*'));
    statuses.push(await send({ slide: 2 }, wrapper.hash('{"slide":1,"seen":["é"]}'), null));
    const [, merged] = await find();
    statuses.push((await call(`delete${kind}`, [...where, null, null]))[0], (await find())[0]);
    told[kind] = [first, second, merged, statuses, etag === undefined || etag === `"${hash}"`];
  }
  return told;
};

export const verifyVersion = async (
  adl: AdlLibrary,
  settings: { readonly endpoint: string },
): Promise<void> => {
  new adl.XAPIWrapper.constructor(settings, true);
};
