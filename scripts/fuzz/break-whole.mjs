import { pick } from '../bench/random.mjs';
import { memberOf, setMember, stringOf } from './json-tree.mjs';
import { activity, agent, INTERACTION_TYPES, statementRef, subStatement } from './valid-statements.mjs';
import { chance, plainString, string } from './valid-texts.mjs';

const ofWhole = (pointer, change) => (random, places, family) => {
  change(places[0].tree, random, family);
  return pointer;
};
const nestedSubStatement = ofWhole('/object/object', (tree, random, family) => {
  setMember(tree, 'object', subStatement(random, family));
  setMember(memberOf(tree, 'object'), 'object', subStatement(random, family));
});
const OWN = {
  id: '"6ba7b810-9dad-11d1-80b4-00c04fd430c8"',
  stored: '"2015-11-18T12:17:00Z"',
  version: '"1.0.0"',
};
const ownOfSubStatement = ofWhole('/object', (tree, random, family) => {
  setMember(tree, 'object', subStatement(random, family));
  setMember(
    memberOf(tree, 'object'),
    ...pick(random, [...Object.entries(OWN), ['authority', agent(random)]]),
  );
});
const agentWithoutType = ofWhole('/object', (tree) => setMember(tree, 'object', '{"mbox":"mailto:a@b"}'));
const strayOfContext = ofWhole('/context', (tree, random) => {
  setMember(tree, 'object', statementRef(random));
  setMember(tree, 'context', `{${JSON.stringify(pick(random, ['revision', 'platform']))}:${string(random)}}`);
});
const BAD_SCORES = [
  ...[
    '{"scaled":1.0000001}',
    '{"scaled":-1.5}',
    '{"scaled":1e3}',
    '{"raw":5,"min":6}',
    '{"raw":7,"max":6.5}',
  ],
  ...['{"min":3,"max":2}', '{"raw":0,"min":-1,"max":-0.5}', '{"scaled":[]}', '{"scaled":"1"}', '{"Raw":1}'],
];
const badScore = ofWhole('/result/score', (tree, random) =>
  setMember(tree, 'result', `{"score":${pick(random, BAD_SCORES)}}`),
);
const LISTS = ['choices', 'scale', 'source', 'target', 'steps'];
const withDefinition = (members) => `{"id":"http://e.org/a","definition":{${members}}}`;
const strayInteraction = ofWhole('/object/definition', (tree, random) =>
  setMember(tree, 'object', withDefinition(`"${pick(random, [...LISTS, 'correctResponsesPattern'])}":[]`)),
);
const sameComponents = ofWhole('/object/definition', (tree, random) => {
  const id = JSON.stringify(plainString(random));
  const list = `"${pick(random, LISTS)}":[{"id":${id}},{"id":"other than any"},{"id":${id}}]`;
  setMember(tree, 'object', withDefinition(`"interactionType":"${pick(random, INTERACTION_TYPES)}",${list}`));
});
const voidsNothing = ofWhole('', (tree, random) => {
  setMember(tree, 'verb', '{"id":"http://adlnet.gov/expapi/verbs/voided"}');
  if (stringOf(memberOf(memberOf(tree, 'object'), 'objectType')) === 'StatementRef')
    setMember(tree, 'object', activity(random));
});
const badAuthority = ofWhole('/authority', (tree, random) => {
  const [one, three] = [`[${agent(random)}]`, `[${[1, 2, 3].map(() => agent(random)).join(',')}]`];
  const identified = `{"objectType":"Group","mbox":"mailto:a@b","member":[${agent(random)},${agent(random)}]}`;
  const ofMembers = `{"objectType":"Group","member":${chance(random, 0.5) ? one : three}}`;
  setMember(tree, 'authority', chance(random, 0.5) ? identified : ofMembers);
});
const ofOtherFamily = ofWhole('', (tree, random, family) => {
  if (family === '1.0.3') setMember(tree, 'context', '{"contextAgents":[]}');
  else
    setMember(
      tree,
      'context',
      `{"contextAgents":[{"objectType":"contextAgent","agent":${agent(random)},"relevantTypes":[]}]}`,
    );
});
const withoutFile = ofWhole('/attachments/0', (tree) =>
  setMember(
    tree,
    'attachments',
    `[{"usageType":"http://e.org/u","display":{},"contentType":"text/plain","length":0,"sha2":"${'a'.repeat(64)}"}]`,
  ),
);

/** What puts something wrong at one place of any statement; each answers its pointer. */
export const BREAKERS_OF_WHOLE = {
  'a SubStatement in another': nestedSubStatement,
  'what a SubStatement has not': ownOfSubStatement,
  'an agent without objectType': agentWithoutType,
  'a stray revision or platform': strayOfContext,
  'a wrong score': badScore,
  'a stray interaction': strayInteraction,
  'two components of one id': sameComponents,
  'voiding no statement': voidsNothing,
  'a wrong authority': badAuthority,
  'the other version': ofOtherFamily,
  'an attachment from nowhere': withoutFile,
};
