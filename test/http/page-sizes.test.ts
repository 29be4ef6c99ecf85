import { attaching, multipartOf, partsOf, sha2Of } from './multipart-request.ts';
import { cairnOfFile, withCairn } from './start-cairn.ts';
import { idsOf, query, statementOf } from './statement-parts.ts';
import type { Answer } from './wire.ts';

const file = cairnOfFile();
const STATEMENTS = '/xapi/statements';
const MEGABYTE = 1024 * 1024;

/** Every page from a query on, in order. */
const pagesOf = async (first: string): Promise<readonly Answer[]> => {
  const pages: Answer[] = [];
  for (let path = first; path !== ''; ) {
    const page = await file.cairn.wire({ path });
    expect(page.status).toBe(200);
    pages.push(page);
    path = /"more":"([^"]*)"/.exec(page.text)?.[1] as string;
  }
  return pages;
};

describe('a page with attachments', () => {
  const verb = { id: 'https://example.org/verbs/heavy' };
  const ids: string[] = [];
  beforeAll(async () => {
    for (let at = 0; at < 5; at += 1) {
      const bytes = Buffer.alloc(15 * MEGABYTE, at);
      const statement = statementOf({ verb, attachments: [attaching(bytes)] });
      const { contentType, body } = multipartOf(statement, [bytes]);
      await file.cairn.all.post(STATEMENTS).type(contentType).send(body).expect(200);
      ids.push(statement.id);
    }
  });
  const parameters = { verb: verb.id, attachments: true, ascending: true };

  it('ends before it becomes too large, and more goes on with the statement behind', async () => {
    const pages = await pagesOf(`${STATEMENTS}?${query(parameters)}`);
    const found = pages.map(({ headers, bytes }) => {
      expect(bytes.length).toBeLessThan(33 * MEGABYTE);
      const [first, ...attached] = partsOf(headers['content-type'] as string, bytes);
      return { ids: idsOf(JSON.parse(String(first?.body))), attached: attached.length };
    });
    expect(found).toEqual([
      { ids: ids.slice(0, 2), attached: 2 },
      { ids: ids.slice(2, 4), attached: 2 },
      { ids: ids.slice(4), attached: 1 },
    ]);
  });

  it('counts bytes that many statements share only once', async () => {
    const bytes = Buffer.alloc(15 * MEGABYTE, 'shared');
    const sharing = { id: 'https://example.org/verbs/sharing-much' };
    const batch = Array.from({ length: 9 }, () =>
      statementOf({ verb: sharing, attachments: [attaching(bytes)] }),
    );
    const { contentType, body } = multipartOf(batch, [bytes]);
    await file.cairn.all.post(STATEMENTS).type(contentType).send(body).expect(200);
    expect(await pagesOf(`${STATEMENTS}?${query({ verb: sharing.id, attachments: true })}`)).toHaveLength(1);
  });
});

describe('HEAD with attachments', () => {
  it('reads no bytes, and says what GET would say but for the length', async () => {
    let reads = 0;
    await withCairn(
      {
        services: (services) => ({
          ...services,
          attachments: {
            ...services.attachments,
            get: (sha2) => {
              reads += 1;
              return services.attachments.get(sha2);
            },
          },
        }),
      },
      async (cairn) => {
        const bytes = Buffer.from('head');
        const { contentType, body } = multipartOf(statementOf({ attachments: [attaching(bytes)] }), [bytes]);
        await cairn.all.post(STATEMENTS).type(contentType).send(body).expect(200);
        const path = `${STATEMENTS}?attachments=true`;
        const get = await cairn.wire({ path });
        expect(reads).toBe(1);
        const head = await cairn.wire({ method: 'HEAD', path });
        const form = await cairn.wire({
          method: 'POST',
          path: `${STATEMENTS}?method=HEAD`,
          body: query({ attachments: true, 'X-Experience-API-Version': '1.0.3' }),
        });
        expect(reads).toBe(1);
        for (const { status, headers, bytes: none } of [head, form]) {
          expect([status, none.length]).toEqual([200, 0]);
          expect(headers['content-type']).toMatch(/^multipart\/mixed; boundary=\S+$/);
          expect(headers['last-modified']).toBe(get.headers['last-modified']);
        }
        expect(head.headers).not.toHaveProperty('content-length');
      },
    );
  });
});

describe('a page in canonical form', () => {
  const text = 'x'.repeat(600_000);
  const define = async (id: string) => {
    const definition = { extensions: { 'https://example.org/long': text } };
    await file.cairn.all
      .post(STATEMENTS)
      .send(statementOf({ object: { id, definition } }))
      .expect(200);
  };

  it('ends before a large definition has made it too large', async () => {
    const activity = 'https://example.org/activities/large';
    await define(activity);
    const batch = Array.from({ length: 100 }, () => statementOf({ object: { id: activity } }));
    await file.cairn.all.post(STATEMENTS).send(batch).expect(200);
    const pages = await pagesOf(
      `${STATEMENTS}?${query({ activity, format: 'canonical', limit: 0, ascending: true })}`,
    );
    const found = pages.flatMap(({ bytes, text: page }) => {
      expect(bytes.length).toBeLessThan(17 * MEGABYTE);
      return idsOf(JSON.parse(page));
    });
    expect(found.slice(1)).toEqual(batch.map(({ id }) => id));
    expect(pages.length).toBeGreaterThan(3);
  });

  it('leaves as they were sent what would make a single statement too large', async () => {
    const id = 'https://example.org/activities/named-often';
    await define(id);
    const other = Array.from({ length: 1000 }, () => ({ id }));
    const statement = statementOf({ context: { contextActivities: { other } } });
    await file.cairn.all.post(STATEMENTS).send(statement).expect(200);
    const path = `${STATEMENTS}?${query({ statementId: statement.id, format: 'canonical' })}`;
    const { status, bytes, text: answer } = await file.cairn.wire({ path });
    expect(status).toBe(200);
    expect(bytes.length).toBeLessThan(18 * MEGABYTE);
    const shown = JSON.parse(answer).context.contextActivities.other;
    expect(shown[0].definition.extensions).toEqual({ 'https://example.org/long': text });
    expect(shown[999]).toEqual({ id });
  });
});

describe('bytes that statements call by different names', () => {
  const bytes = Buffer.from('{"both":1}');

  it('go out as the statement declares them, and can be sent back', async () => {
    const declared = [
      attaching(bytes, { contentType: 'text/plain' }),
      attaching(bytes, { contentType: 'application/json', sha2: sha2Of(bytes).toUpperCase() }),
    ];
    for (const attachment of declared) {
      const statement = statementOf({ attachments: [attachment] });
      const headers = {
        'Content-Type': attachment['contentType'] as string,
        'Content-Transfer-Encoding': 'binary',
        'X-Experience-API-Hash': attachment['sha2'] as string,
      };
      const { contentType, body } = multipartOf(statement, [{ headers, body: bytes }]);
      await file.cairn.all.post(STATEMENTS).type(contentType).send(body).expect(200);
      const answer = await file.cairn.wire({
        path: `${STATEMENTS}?${query({ statementId: statement.id, attachments: true })}`,
      });
      const [, part] = partsOf(answer.headers['content-type'] as string, answer.bytes);
      const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
      expect(part?.head.split('\r\n').sort()).toEqual(lines.sort());
      const again = await file.cairn.wire({
        method: 'POST',
        path: STATEMENTS,
        headers: { 'Content-Type': answer.headers['content-type'] as string },
        body: answer.bytes,
      });
      expect([again.status, again.text]).toEqual([200, JSON.stringify([statement.id])]);
    }
  });
});
