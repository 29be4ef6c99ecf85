import { randomUUID } from 'node:crypto';
import { cairnOfFile } from '../http/start-cairn.ts';
import { browserOfTests, describeInBrowser, runIn } from './browser.ts';
import { X_DOMAIN_REQUEST } from './x-domain-request.ts';
import { keepDocuments, storeAndRead, verifyVersion, type WrapperAsked } from './xapi-wrapper.ts';

const file = cairnOfFile();
const scripts = [require.resolve('xapiwrapper/dist/xapiwrapper.min.js')];
const askedOf = (isOld = false): WrapperAsked => ({
  endpoint: `${file.cairn.origin}/xapi/`,
  user: file.cairn.master.id,
  password: file.cairn.master.secret,
  ids: [randomUUID(), randomUUID(), randomUUID(), randomUUID(), randomUUID()],
  registration: randomUUID(),
  isOld,
});

const expectStatements = async (
  { ids, isOld }: WrapperAsked,
  told: Awaited<ReturnType<typeof storeAndRead>>,
): Promise<void> => {
  const definition = { name: { 'en-US': 'Grüße — 日本 🪨' } };
  // Old browsers tell no statuses, and nothing of a refusal; what is read back counts.
  expect(told.statuses).toEqual(isOld ? Array(7).fill(undefined) : [200, 200, 409, 200, 404, 401, 200]);
  expect(told.several).toEqual(ids.slice(1));
  expect(told.read).toMatchObject({ id: ids[0], object: { definition } });
  expect(told.read).not.toHaveProperty('result');
  expect(told.pages).toEqual([ids.slice(0, 2), ids.slice(2, 4), ids.slice(4)]);
  expect(told.activity).toEqual(definition);
  expect(told.person).toEqual({ objectType: 'Person', mbox: ['mailto:ada@example.org'], name: ['Ada'] });
  expect(told.refused?.reason).toBe(isOld ? undefined : 'unauthenticated');
  expect(told.attached).toEqual(isOld ? [] : [200, true]);
  await file.cairn.all.get(`/xapi/statements?statementId=${ids[0]}`).expect(200, told.read);
};

const expectDocuments = (told: Awaited<ReturnType<typeof keepDocuments>>, isOld = false): void => {
  const statuses = isOld ? Array(8).fill(undefined) : [204, 412, 204, 204, 204, 204, 204, 404];
  const each = ['2p1a&=%+ é日', [1, 'é'], { slide: 2, seen: ['é'] }, statuses, true];
  expect(told).toEqual({ State: each, ActivityProfile: each, AgentProfile: each });
};

describeInBrowser('ADL xAPIWrapper in a page of another origin', () => {
  const browser = browserOfTests();

  it('stores, reads and pages statements, with attachments', async () => {
    const asked = askedOf();
    const told = await runIn(await browser.visit({ scripts }), 'ADL', storeAndRead, asked);
    await expectStatements(asked, told);
  });

  it('keeps documents, and does not overwrite what it has not seen', async () => {
    expectDocuments(await runIn(await browser.visit({ scripts }), 'ADL', keepDocuments, askedOf()));
  });

  it('finds its version among those of the LRS, which it asks for before it has credentials', async () => {
    const page = await browser.visit({ scripts });
    const answer = page.waitForResponse(/about$/);
    await runIn(page, 'ADL', verifyVersion, { endpoint: `${file.cairn.origin}/xapi/` });
    const { authorization } = await (await answer).request().allHeaders();
    expect([authorization, (await answer).status()]).toEqual(['null', 200]);
    expect((await (await answer).json()).version).toContain('1.0.1');
  });

  it('does the same by forms where the browser is an old one', async () => {
    const page = await browser.visit({ scripts, before: X_DOMAIN_REQUEST });
    const asked = askedOf(true);
    await expectStatements(asked, await runIn(page, 'ADL', storeAndRead, asked));
    expectDocuments(await runIn(page, 'ADL', keepDocuments, asked), true);
  });
});
