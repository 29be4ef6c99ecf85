import { randomUUID } from 'node:crypto';
import type cmi5 from '@xapi/cmi5';
import { cairnOfFile } from '../http/start-cairn.ts';
import { idsOf, query } from '../http/statement-parts.ts';
import { browserOfTests, describeInBrowser, runIn } from './browser.ts';
import { type FetchUrl, LEARNER, launch, launchDataOf, openFetchUrl } from './play-lms.ts';

type Cmi5Library = typeof cmi5.default;
type Told = Awaited<ReturnType<typeof study>>;

/** A session of an assignable unit; it runs in a page as its own text. */
const study = async (Cmi5: Cmi5Library, isPassed: boolean) => {
  const unit = Cmi5.instance;
  const ids: string[] = [];
  const sent = async (answer: PromiseLike<{ readonly data: unknown }>) => {
    ids.push(...((await answer).data as readonly string[]));
  };
  await sent(unit.initialize());
  await sent(unit.progress(40));
  const [test, period] = ['quiz-1', { start: new Date(0), end: new Date(61_500) }];
  await sent(unit.interactionTrueFalse(test, 'q1', true, true, { en: 'é?' }, { en: 'is é' }, true, period));
  const choices = [
    { id: 'a', description: { en: 'A' } },
    { id: 'b', description: { en: 'B' } },
  ];
  await sent(unit.interactionChoice(test, 'q2', ['a', 'b'], ['b'], choices, { en: 'which' }));
  await sent(unit.interactionFillIn(test, 'q3', ['Berne'], ['Bern', 'Berne']));
  await sent(unit.interactionLongFillIn(test, 'q4', ['a long\nanswer'], []));
  await sent(unit.interactionLikert(test, 'q5', 'a', 'b', choices));
  await sent(unit.interactionMatching(test, 'q6', { a: 'b' }, { a: 'b' } as never, choices, choices));
  await sent(unit.interactionPerformance(test, 'q7', { a: 3 }, [{ id: 'a', min: 1, max: 5 }], choices));
  await sent(unit.interactionSequencing(test, 'q8', ['a', 'b'], ['b', 'a'], choices));
  await sent(unit.interactionNumeric(test, 'q9', 4.5, { min: 4, max: 5 }));
  await sent(unit.interactionOther(test, 'q10', 'x', 'y'));
  await sent(unit.complete());
  await sent(isPassed ? unit.pass(0.9) : unit.fail(0.1));
  await sent(unit.terminate());
  const { registration, actor, activityId } = unit.getLaunchParameters();
  const at = { agent: actor, activityId, registration, stateId: 'bookmark' };
  const xapi = unit.xapi;
  if (xapi === null) throw new Error('The unit was not signed in.');
  await xapi.setState({ ...at, state: { page: 4 } });
  const mine: string[] = [];
  let page = (await xapi.getStatements({ registration, limit: 6, ascending: true })).data;
  mine.push(...page.statements.map(({ id }) => id as string));
  while (page.more !== '') {
    page = (await xapi.getMoreStatements({ more: page.more })).data as typeof page;
    mine.push(...page.statements.map(({ id }) => id as string));
  }
  return {
    launchData: unit.getLaunchData() as object,
    preferences: unit.getLearnerPreferences() as object,
    ids,
    mine,
    state: (await xapi.getState(at)).data as unknown,
  };
};

/** What the unit is answered when it starts. */
const statusOfStart = (Cmi5: Cmi5Library): Promise<number | undefined> =>
  Cmi5.instance.initialize().then(
    ({ status }) => status,
    ({ response }: { readonly response?: { readonly status: number } }) => response?.status,
  );

describeInBrowser('@xapi/cmi5 in a page that an LMS launched', () => {
  const file = cairnOfFile();
  const browser = browserOfTests();
  const scripts = [require.resolve('@xapi/cmi5/dist/Cmi5.umd.js')];
  const opened: FetchUrl[] = [];
  afterAll(() => {
    for (const { close } of opened) close();
  });

  const launched = async (isPassed: boolean, preferences?: object) => {
    const sessionId = randomUUID();
    const given = {
      activityId: `https://lms.example.org/unit/${sessionId}?é`,
      registration: randomUUID(),
      launchData: launchDataOf(sessionId),
      ...(preferences === undefined ? {} : { preferences }),
    };
    const key = await file.cairn.key('statements/write', 'statements/read/mine', 'state', 'profile');
    const fetchUrl = await openFetchUrl(key);
    opened.push(fetchUrl);
    const page = await browser.visit({ scripts, query: await launch(file.cairn, fetchUrl, given) });
    return { ...given, page, told: await runIn(page, 'Cmi5', study, isPassed) };
  };

  const verbsOf = async (registration: string, told: Told): Promise<readonly string[]> => {
    const list = `/xapi/statements?${query({ registration, ascending: 'true', agent: LEARNER })}`;
    const { body } = await file.cairn.all.get(list).expect(200);
    expect(idsOf(body)).toEqual(told.ids);
    return body.statements.map(({ verb }: { verb: { id: string } }) => verb.id.split('/').at(-1));
  };

  const ANSWERED = Array.from({ length: 10 }, () => 'answered');

  it('reads its launch, tells its session and reads it back', async () => {
    const preferences = { languagePreference: 'de-CH,en', audioPreference: 'off' };
    const { told, registration, launchData } = await launched(true, preferences);
    expect(told).toMatchObject({ launchData, preferences, mine: told.ids, state: { page: 4 } });
    const verbs = await verbsOf(registration, told);
    expect(verbs).toEqual(['initialized', 'progressed', ...ANSWERED, 'completed', 'passed', 'terminated']);
    const passed = `/xapi/statements?statementId=${told.ids.at(-2)}`;
    const { body } = await file.cairn.all.get(passed).expect(200);
    expect(body).toMatchObject({
      actor: LEARNER,
      result: { success: true, score: { scaled: 0.9 }, duration: expect.stringMatching(/^PT/) },
      context: { registration, extensions: launchData.contextTemplate.extensions },
    });
  });

  it('fails a learner without preferences just so', async () => {
    const { told, registration } = await launched(false);
    expect((await verbsOf(registration, told)).slice(-3)).toEqual(['completed', 'failed', 'terminated']);
  });

  it('is signed in no second time by the same launch', async () => {
    const { page, told, registration } = await launched(true);
    await page.reload();
    expect(await runIn(page, 'Cmi5', statusOfStart, null)).toBe(401);
    await verbsOf(registration, told);
  });
});
