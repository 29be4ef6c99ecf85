import { randomUUID } from 'node:crypto';
import { cairnOfFile } from '../http/start-cairn.ts';
import { browserOfTests, describeInBrowser, runIn } from './browser.ts';
import { keepDocuments, storeAndRead, type TinCanAsked, type TinCanLibrary } from './tin-can.ts';
import { X_DOMAIN_REQUEST } from './x-domain-request.ts';

const file = cairnOfFile();
const tinCan: TinCanLibrary = require('tincanjs');
const scripts = [require.resolve('tincanjs/build/tincan-min.js')];
const askedOf = (more: Partial<TinCanAsked> = {}): TinCanAsked => ({
  endpoint: `${file.cairn.origin}/xapi`,
  username: file.cairn.master.id,
  password: file.cairn.master.secret,
  ids: [randomUUID(), randomUUID(), randomUUID(), randomUUID(), randomUUID()],
  registration: randomUUID(),
  hasAttachments: true,
  ...more,
});

type Read = Awaited<ReturnType<typeof storeAndRead>>;

/** Old browsers tell no more of a refusal than that it was one, which TinCanJS calls 400. */
const expectStatements = async (asked: TinCanAsked, told: Read, isOld = false): Promise<void> => {
  const errorOf = (status: number) => (isOld ? 400 : status);
  const [first] = asked.ids;
  expect(told.versions).toContain('1.0.2');
  expect(told.saved).toEqual([null, null, errorOf(409), null]);
  expect(told.minted).toEqual([expect.any(String)]);
  expect(told.read).toMatchObject({
    id: first,
    object: { id: 'http://5xWvCu3BJ1y_course_id', definition: { name: { und: 'Grüße — 日本 🪨' } } },
    result: { score: { scaled: 0.5, raw: 50, min: 0, max: 100 }, duration: 'PT1M2.5S' },
  });
  expect(told.absent).toBe(errorOf(404));
  expect(told.pages).toEqual([asked.ids.slice(0, 2), asked.ids.slice(2, 4), asked.ids.slice(4)]);
  expect(told.nobodys).toEqual([null, []]);
  expect(told.described).toEqual({ und: 'Grüße — 日本 🪨' });
  expect(told.refused).toEqual([
    errorOf(401),
    isOld ? undefined : expect.stringContaining('"reason":"unauthenticated"'),
  ]);
  const { body } = await file.cairn.all.get(`/xapi/statements?statementId=${first}`).expect(200);
  const { authority, version, ...rest } = body;
  expect(told.read).toMatchObject(rest);
};

const expectDocuments = (told: Awaited<ReturnType<typeof keepDocuments>>, unmet = 412): void => {
  expect(told).toEqual({
    errors: [null, null, unmet, null, null],
    texts: ['2p1a&=%+ é日', 'text/plain; charset=UTF-8', 'next'],
    merged: [{ slide: 2, seen: ['é'] }, 'application/json'],
    names: ['bookmark', 'suspend_data'],
    gone: [null, null, null, []],
    profiles: {
      ActivityProfile: [{ a: 1 }, null, unmet, null, null],
      AgentProfile: [{ a: 1 }, null, unmet, null, null],
    },
  });
};

const ATTACHED = [null, '\u0000é\r\n--x'];

describe('TinCanJS in Node', () => {
  it('stores, reads and pages statements, with attachments', async () => {
    const asked = askedOf();
    const told = await storeAndRead(tinCan, asked);
    await expectStatements(asked, told);
    expect(told.attached).toEqual(ATTACHED);
  });

  it('keeps documents, and does not overwrite what it has not seen', async () => {
    expectDocuments(await keepDocuments(tinCan, askedOf()));
  });
});

describeInBrowser('TinCanJS in a page of another origin', () => {
  const browser = browserOfTests();

  it('stores, reads and pages statements, with attachments', async () => {
    const asked = askedOf();
    const told = await runIn(await browser.visit({ scripts }), 'TinCan', storeAndRead, asked);
    await expectStatements(asked, told);
    expect(told.attached).toEqual(ATTACHED);
  });

  it('keeps documents, and does not overwrite what it has not seen', async () => {
    const page = await browser.visit({ scripts });
    expectDocuments(await runIn(page, 'TinCan', keepDocuments, askedOf()));
  });

  it('does the same by forms where the browser is an old one', async () => {
    const asked = askedOf({ hasAttachments: false });
    const page = await browser.visit({ scripts, before: X_DOMAIN_REQUEST });
    const told = await runIn(page, 'TinCan', storeAndRead, asked);
    await expectStatements(asked, told, true);
    expectDocuments(await runIn(page, 'TinCan', keepDocuments, asked), 400);
  });
});
