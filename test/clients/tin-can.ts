/** What is used here of TinCanJS, which has no types of its own. */
export type TinCanLibrary = {
  readonly LRS: Made<Lrs>;
  readonly Statement: Made<object>;
  readonly Agent: Made<object>;
  readonly Activity: Made<object>;
};

type Made<T> = new (properties: object, settings?: object) => T;
type Lrs = Readonly<Record<string, (...given: readonly unknown[]) => unknown>>;

export type TinCanAsked = {
  readonly endpoint: string;
  readonly username: string;
  readonly password: string;
  readonly ids: readonly string[];
  readonly registration: string;
  /** Whether the client can send attachments where it runs. */
  readonly hasAttachments: boolean;
};

/*
 * What follows runs in Node and, as its own text, in pages: it uses nothing but its arguments. The client numbers
 * its errors by the status of the answer; null is none.
 */

export const storeAndRead = async (library: TinCanLibrary, asked: TinCanAsked) => {
  const { endpoint, username, password, ids, registration } = asked;
  const lrs = new library.LRS({ endpoint, username, password, allowFail: false });
  const call = <T = unknown>(
    method: string,
    given: readonly unknown[],
    settings: object = {},
    by = lrs,
  ): Promise<{ readonly error: unknown; readonly result: T }> =>
    new Promise((resolve) => {
      const callback = (error: unknown, result: unknown) => resolve({ error, result: result as T });
      by[method]?.(...given, { ...settings, callback });
    });
  const target = { id: 'http://5xWvCu3BJ1y_course_id', definition: { name: { und: 'Grüße — 日本 🪨' } } };
  const partsOf = (more: object) => ({
    actor: { mbox: 'mailto:ada@example.org', name: 'Ada' },
    verb: { id: 'http://adlnet.gov/expapi/verbs/experienced', display: { und: 'experienced' } },
    target,
    context: { registration, contextActivities: { grouping: target } },
    result: { score: { scaled: 0.5, raw: 50, min: 0, max: 100 }, duration: 'PT1M2.5S' },
    ...more,
  });
  const statementOf = (id: string | undefined, more: object = {}) =>
    new library.Statement(partsOf({ ...more, id }));
  const unstamped = (more: object) => new library.Statement(partsOf(more), { doStamp: false });
  const save = (...given: readonly unknown[]) =>
    call<{ readonly responseText: string }>('saveStatement', given);

  const about = await call<{ readonly version: readonly string[] }>('about', []);
  const saved = [await save(statementOf(ids[0]))];
  type Stored = { readonly timestamp: string; readonly stored: string; asVersion(version: string): object };
  const { result: read } = await call<Stored>('retrieveStatement', [ids[0]]);
  const { timestamp } = read;
  saved.push(await save(statementOf(ids[0], { timestamp })));
  saved.push(await save(statementOf(ids[0], { result: { success: false } })));
  saved.push(await call('saveStatements', [ids.slice(1).map((id) => statementOf(id))]));
  const minted = await save(unstamped({ context: {} }));
  const absent = await call('retrieveStatement', [registration]);

  type Page = { readonly more: string | null; readonly statements: readonly { readonly id: string }[] };
  const params = { registration, limit: 2, ascending: true };
  const pages: string[][] = [];
  for (let more: string | null = null; more !== ''; ) {
    const { error, result }: { error: unknown; result: Page } =
      more === null
        ? await call<Page>('queryStatements', [], { params })
        : await call<Page>('moreStatements', [], { url: more });
    if (error !== null) throw new Error(`The client said ${String(error)} to a page.`);
    pages.push(result.statements.map(({ id }) => id));
    more = result.more ?? '';
  }
  // Too long for a line of old browsers, so TinCanJS turns it into a form where it runs in one.
  const agent = new library.Agent({ account: { homePage: 'https://a.example/', name: 'é'.repeat(900) } });
  const nobodys = await call<Page>('queryStatements', [], { params: { agent, verb: 'a:b', limit: 1 } });

  const described = await call<{ readonly definition: { readonly name: unknown } }>('retrieveActivity', [
    target.id,
  ]);
  const stranger = new library.LRS({ endpoint, username, password: 'wrong', allowFail: false });
  type Refused = { readonly responseText: string };
  const refused = await call<Refused>('saveStatement', [unstamped({})], {}, stranger);

  const attached: unknown[] = [];
  if (asked.hasAttachments) {
    const content = new TextEncoder().encode('\u0000é\r\n--x').buffer;
    const about = { display: { en: 'a note' }, contentType: 'text/plain', content };
    const attachments = [{ usageType: 'https://example.org/note', ...about }];
    const { error } = await save(statementOf(registration, { attachments }));
    type Found = { readonly attachments: readonly { getContentAsString(): string }[] };
    const back = await call<Found>('retrieveStatement', [registration], { params: { attachments: true } });
    attached.push(error, ...back.result.attachments.map((one) => one.getContentAsString()));
  }
  return {
    versions: about.result.version,
    saved: saved.map(({ error }) => error),
    minted: JSON.parse(minted.result.responseText) as readonly string[],
    read: { ...read.asVersion('1.0.2'), stored: read.stored },
    absent: absent.error,
    pages,
    nobodys: [nobodys.error, nobodys.result.statements],
    described: described.result.definition.name,
    refused: [refused.error, refused.result.responseText],
    attached,
  };
};

export const keepDocuments = async (library: TinCanLibrary, asked: TinCanAsked) => {
  const { endpoint, username, password, registration } = asked;
  const lrs = new library.LRS({ endpoint, username, password, allowFail: false });
  const call = <T = unknown>(method: string, given: readonly unknown[], settings: object) =>
    new Promise<{ readonly error: unknown; readonly result: T }>((resolve) => {
      const callback = (error: unknown, result: unknown) => resolve({ error, result: result as T });
      lrs[method]?.(...given, { ...settings, callback });
    });
  type Found = { readonly contents: unknown; readonly etag: string; readonly contentType: string } | null;
  const agent = new library.Agent({ mbox: 'mailto:ada@example.org', name: 'Ada' });
  const activity = new library.Activity({ id: 'http://5xWvCu3BJ1y_course_id' });
  const at = { agent, activity, registration };
  const save = async (id: string, value: unknown, settings: object) =>
    (await call('saveState', [id, value], { ...at, ...settings })).error;
  const find = async (id: string) => (await call<Found>('retrieveState', [id], at)).result;

  const text = { contentType: 'text/plain; charset=UTF-8' };
  const errors = [await save('suspend_data', '2p1a&=%+ é日', text)];
  const first = await find('suspend_data');
  const lastSHA1 = first?.etag;
  errors.push(await save('suspend_data', 'next', { ...text, lastSHA1 }));
  errors.push(await save('suspend_data', 'lost', { ...text, lastSHA1 }));
  const second = await find('suspend_data');
  const merge = { contentType: 'application/json', method: 'POST' };
  errors.push(await save('bookmark', { slide: 1, seen: ['é'] }, merge));
  errors.push(await save('bookmark', { slide: 2 }, merge));
  const merged = await find('bookmark');
  const names = await call<readonly string[]>('retrieveStateIds', [], at);
  const dropped = await call('dropState', ['bookmark'], at);
  const gone = await find('bookmark');
  const cleared = await call('dropState', [null], at);
  const left = await call<readonly string[]>('retrieveStateIds', [], at);

  const profiles: Record<string, unknown> = {};
  for (const kind of ['ActivityProfile', 'AgentProfile']) {
    const given = { agent, activity, contentType: 'application/json' };
    const put = async (value: object, more: object = {}) =>
      (await call(`save${kind}`, ['settings', value], { ...given, ...more })).error;
    const told = [await put({ a: 1 }), await put({ a: 2 })];
    const found = await call<Found>(`retrieve${kind}`, ['settings'], given);
    told.push(await put({ a: 3 }, { lastSHA1: found.result?.etag }));
    told.push((await call(`drop${kind}`, ['settings'], given)).error);
    profiles[kind] = [found.result?.contents, ...told];
  }
  return {
    errors,
    texts: [first?.contents, first?.contentType, second?.contents],
    merged: [merged?.contents, merged?.contentType],
    names: [...names.result].sort(),
    gone: [dropped.error, gone?.contents ?? null, cleared.error, left.result],
    profiles,
  };
};
