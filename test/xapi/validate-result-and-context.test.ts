import {
  ADA,
  BOB,
  COURSE,
  CREW,
  checkRows,
  pointersOf,
  REFERENCE,
  STATEMENT,
  SUB_STATEMENT,
  TEAM,
  withChange,
} from './statement-sample.ts';

const score = '/result/score';

describe('results (D-11; no. 8, 9, 19)', () => {
  checkRows([
    ['/result', { success: true, completion: false, response: '', duration: 'PT0S', extensions: {} }],
    ['/result', null, ['/result']],
    ['/result/success', 'true', ['/result/success']],
    ['/result/completion', 1, ['/result/completion']],
    ['/result/response', 5, ['/result/response']],
    ['/result/duration', '', ['/result/duration']],
    ['/result/duration', 'P4W1D', ['/result/duration']],
    ['/result/grade', 'A', ['/result/grade']],
  ]);
});

describe('scores (D-11; no. 8, 22; Q14)', () => {
  checkRows([
    [score, {}],
    [score, { scaled: -1 }],
    [score, { scaled: 1, raw: 0, min: -5, max: 5 }],
    [score, { min: 1, max: 2 }],
    [score, { raw: 1e300 }],
    [score, { raw: 2, min: 2 }],
    [score, { scaled: 1.0001 }, [`${score}/scaled`]],
    [score, { scaled: -1.0001 }, [`${score}/scaled`]],
    [score, { scaled: '0.5' }, [`${score}/scaled`]],
    [score, { raw: null }, [`${score}/raw`]],
    [score, { raw: 1, min: 2 }, [`${score}/raw`]],
    [score, { raw: 3, max: 2 }, [`${score}/raw`]],
    [score, { min: 3, max: 2 }, [`${score}/min`]],
    [score, { Raw: 3 }, [`${score}/Raw`]],
    [score, 5, [score]],
  ]);

  it('may have a min equal to its max in the first family only', () => {
    const statement = withChange(score, { raw: 0, min: 0, max: 0 });
    expect(pointersOf(statement, '1.0.3')).toEqual([]);
    expect(pointersOf(statement, '2.0.0')).toEqual([`${score}/min`]);
  });

  it('takes numbers beyond the range of a double', () => {
    const text = JSON.stringify(STATEMENT).replace(
      '{',
      '{"result":{"score":{"raw":1e400},"extensions":{"x:y":1e400}},',
    );
    expect(pointersOf(JSON.parse(text))).toEqual([]);
  });
});

describe('contexts (D-12; no. 15, 16)', () => {
  checkRows([
    ['/context', { revision: '', platform: 'x', language: 'de-1996', extensions: {} }],
    ['/context', null, ['/context']],
    ['/context/registration', 'EC531277-B57B-4C15-8D91-D292C5B2B8F7'],
    ['/context/registration', '{ec531277-b57b-4c15-8d91-d292c5b2b8f7}', ['/context/registration']],
    ['/context/registration', 'urn:uuid:ec531277-b57b-4c15-8d91-d292c5b2b8f7', ['/context/registration']],
    ['/context/language', 'en_US', ['/context/language']],
    ['/context/language', '', ['/context/language']],
    ['/context/revision', 1, ['/context/revision']],
    ['/context/platform', null, ['/context/platform']],
    ['/context/statement', REFERENCE],
    ['/context/statement', { id: REFERENCE.id }, ['/context/statement']],
    [
      '/context/statement',
      SUB_STATEMENT,
      ['', '/objectType', '/actor', '/verb', '/object'].map((place) => `/context/statement${place}`),
    ],
    ['/context/team', ADA, ['/context/team']],
    ['/context/Team', TEAM, ['/context/Team']],
  ]);
});

describe('revision and platform (D-12; no. 30)', () => {
  const context = { revision: '1', platform: 'x' };
  const places = ['/context/revision', '/context/platform'];

  it.each([BOB, TEAM, CREW, REFERENCE, SUB_STATEMENT])('stand only beside an Activity, not %j', (object) => {
    expect(pointersOf({ ...STATEMENT, object, context })).toEqual(places);
    expect(pointersOf({ ...STATEMENT, object, context }, '2.0.0')).toEqual(places);
  });

  it('are judged in a SubStatement by its own object', () => {
    expect(pointersOf(withChange('/object', { ...SUB_STATEMENT, context }))).toEqual([]);
    expect(pointersOf(withChange('/object', { ...SUB_STATEMENT, object: BOB, context }))).toEqual(
      places.map((place) => `/object${place}`),
    );
  });
});

describe('contextActivities (D-13; no. 10; Q8, Q9)', () => {
  const at = '/context/contextActivities';
  checkRows([
    [at, {}],
    [
      at,
      { parent: COURSE, grouping: [], category: [COURSE, COURSE], other: [{ ...COURSE, definition: {} }] },
    ],
    [at, [], [at]],
    [at, { sibling: [] }, [`${at}/sibling`]],
    [at, { Parent: COURSE }, [`${at}/Parent`]],
    [at, { parent: null }, [`${at}/parent`]],
    [at, { parent: 'x' }, [`${at}/parent`]],
    [at, { parent: {} }, [`${at}/parent`]],
    [at, { parent: { id: 'x' } }, [`${at}/parent/id`]],
    [at, { other: [COURSE, 5] }, [`${at}/other/1`]],
    [at, { other: [COURSE, null] }, [`${at}/other/1`]],
    [at, { other: [{ ...COURSE, objectType: 'Agent' }] }, [`${at}/other/0/objectType`]],
    [at, { grouping: [{ ...COURSE, definition: { choices: [] } }] }, [`${at}/grouping/0/definition/choices`]],
    [
      at,
      {
        category: [
          { ...COURSE, definition: { interactionType: 'choice', choices: [{ id: 'a' }, { id: 'a' }] } },
        ],
      },
      [`${at}/category/0/definition/choices/1/id`],
    ],
  ]);
});

describe('contextAgents and contextGroups (ST-40)', () => {
  const agents = '/context/contextAgents';
  const groups = '/context/contextGroups';
  const agent = { objectType: 'contextAgent', agent: ADA };
  const group = { objectType: 'contextGroup', group: TEAM };
  checkRows(
    [
      [agents, [agent, { ...agent, relevantTypes: ['http://a.example/t'] }]],
      [groups, [group, { objectType: 'contextGroup', group: CREW, relevantTypes: ['http://a.example/t'] }]],
      [agents, []],
      [agents, agent, [agents]],
      [agents, [{ agent: ADA }], [`${agents}/0`]],
      [agents, [{ ...agent, objectType: 'Agent' }], [`${agents}/0/objectType`]],
      [agents, [{ objectType: 'contextAgent' }], [`${agents}/0`]],
      [agents, [{ ...agent, agent: TEAM }], [`${agents}/0/agent/objectType`]],
      [agents, [{ ...agent, agent: {} }], [`${agents}/0/agent`]],
      [agents, [{ ...agent, relevantTypes: [] }], [`${agents}/0/relevantTypes`]],
      [agents, [{ ...agent, relevantTypes: 'x:y' }], [`${agents}/0/relevantTypes`]],
      [agents, [{ ...agent, relevantTypes: ['x:y', 'abc'] }], [`${agents}/0/relevantTypes/1`]],
      [agents, [{ ...agent, group: TEAM }], [`${agents}/0/group`]],
      [groups, [{ ...group, group: { objectType: 'Group' } }], [`${groups}/0/group`]],
      [groups, [{ ...group, objectType: 'Group' }], [`${groups}/0/objectType`]],
      [groups, [{ ...group, group: ADA }], [`${groups}/0/group`]],
    ],
    ['2.0.0'],
  );

  it('are unknown to the first family', () => {
    expect(pointersOf(withChange('/context', { contextAgents: [agent] }), '1.0.3')).toEqual([agents]);
    expect(pointersOf(withChange('/context', { contextGroups: [group] }), '1.0.3')).toEqual([groups]);
  });
});

describe.each(['/object/definition', '/result', '/context'])('extensions of %s (D-15; no. 2, 7)', (part) => {
  const at = `${part}/extensions`;
  checkRows([
    [at, { 'http://a.example/x': null, 'x:y': { a: [null, {}, ''] }, 'x:1e400': 1 }],
    [at, null, [at]],
    [at, 'x', [at]],
    [at, [], [at]],
    [at, { '': 1 }, [`${at}/`]],
    [at, { 'not/an~iri': 1 }, [`${at}/not~1an~0iri`]],
    [at, JSON.parse('{"__proto__":1,"constructor":2}'), [`${at}/__proto__`, `${at}/constructor`]],
  ]);
});
