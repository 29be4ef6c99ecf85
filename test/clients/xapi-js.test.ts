import { randomUUID } from 'node:crypto';
import xapiJs from '@xapi/xapi';
import { cairnOfFile } from '../http/start-cairn.ts';
import { browserOfTests, describeInBrowser, runIn } from './browser.ts';
import { keepDocuments, storeAndRead, type XapiAsked } from './xapi-js.ts';

const file = cairnOfFile();
const scripts = [require.resolve('@xapi/xapi/dist/XAPI.umd.js')];
const askedOf = (adapter: XapiAsked['adapter'], hasAttachments = true): XapiAsked => ({
  endpoint: `${file.cairn.origin}/xapi/`,
  username: file.cairn.master.id,
  password: file.cairn.master.secret,
  adapter,
  ids: [randomUUID(), randomUUID(), randomUUID(), randomUUID(), randomUUID()],
  registration: randomUUID(),
  hasAttachments,
});

const expectStatements = async (
  { ids, adapter, hasAttachments }: XapiAsked,
  told: Awaited<ReturnType<typeof storeAndRead>>,
): Promise<void> => {
  const [first, second] = ids;
  const definition = { name: { 'en-US': 'Grüße — 日本 🪨' } };
  expect(told.versions).toContain('1.0.3');
  expect(told.sent).toEqual([[first], [first], ids.slice(1)]);
  expect(told.conflict).toBe('statement-conflict');
  expect(told.wrong).toEqual(['statement-invalid', 1]);
  expect(told.read).toMatchObject({ id: first, version: '1.0.0', object: { definition } });
  expect(told.through).toMatch(/^\d{4}-.*Z$/);
  expect(told.absent).toEqual([adapter === 'axios' ? 404 : undefined, 'not-found']);
  expect(told.pages).toEqual([ids.slice(0, 2), ids.slice(2, 4), ids.slice(4)]);
  expect(told.voided).toEqual(['not-found', second]);
  expect(told.activity).toEqual(definition);
  expect(told.person).toEqual({
    objectType: 'Person',
    mbox: ['mailto:ada@example.org'],
    name: expect.arrayContaining(['Ada']),
  });
  expect(told.refused).toBe('unauthenticated');
  expect(told.attached).toEqual(hasAttachments ? [200, 'Grüße'] : [400, undefined]);
  await file.cairn.all.get(`/xapi/statements?statementId=${first}`).expect(200, told.read);
};

const expectDocuments = (told: Awaited<ReturnType<typeof keepDocuments>>): void => {
  expect(told).toEqual({
    states: [{ slide: 2, seen: ['é'] }, { slide: 3 }, '2p1a&=%+ é日'],
    changes: [false, true, true, true, true],
    scalars: ['plain', 17, true],
    names: [
      ['bookmark', 'scalar', 'text'],
      ['bookmark', 'scalar', 'text'],
    ],
    gone: [true, []],
    profiles: [
      [{ a: 1 }, true, true, true, { a: 3 }],
      [{ a: 1 }, true, true, true, { a: 3 }],
    ],
  });
};

const ADAPTERS = ['axios', 'fetch'] as const;

describe.each(ADAPTERS)('@xapi/xapi in Node, by %s', (adapter) => {
  it('stores, reads, pages and voids statements', async () => {
    const asked = askedOf(adapter, adapter === 'fetch');
    await expectStatements(asked, await storeAndRead(xapiJs.default, asked));
  });

  it('keeps documents, and does not overwrite what it has not seen', async () => {
    expectDocuments(await keepDocuments(xapiJs.default, askedOf(adapter)));
  });
});

describeInBrowser('@xapi/xapi in a page of another origin', () => {
  const browser = browserOfTests();

  it.each(ADAPTERS)('stores, reads, pages and voids statements, by %s', async (adapter) => {
    const asked = askedOf(adapter);
    const page = await browser.visit({ scripts });
    await expectStatements(asked, await runIn(page, 'XAPI', storeAndRead, asked));
  });

  it.each(ADAPTERS)(
    'keeps documents, and does not overwrite what it has not seen, by %s',
    async (adapter) => {
      const page = await browser.visit({ scripts });
      expectDocuments(await runIn(page, 'XAPI', keepDocuments, askedOf(adapter)));
    },
  );
});
