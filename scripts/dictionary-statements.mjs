// biome-ignore-all lint/style/noExcessiveLinesPerFile: one shape of data after the other
// biome-ignore-all lint/complexity/noExcessiveLinesPerFunction: the same
/** Statements made of nothing but chance and the field's vocabulary: what a dictionary may be learned from. */
import {
  ADL,
  ADL_TYPES,
  activity,
  adlType,
  agent,
  CMI5,
  LANGUAGES,
  makers,
  named,
  OTHER,
  OTHER_TYPES,
  random,
  score,
  VIDEO,
  verb,
  words,
} from './dictionary-vocabulary.mjs';

const interaction = (m) => {
  const kind = m.often(
    words('choice true-false fill-in matching sequencing likert performance numeric long-fill-in other'),
  );
  const choices = words('a b c d').map((id) => ({ id, description: m.map(m.prose(2), 'en-US') }));
  return {
    description: m.map(m.prose(8)),
    interactionType: kind,
    correctResponsesPattern: [m.oneOf(['a', '1', 'true', 'a[,]b', 'a[.]1[,]b[.]2', m.prose(1)])],
    ...(kind === 'choice' && m.chance(0.4) ? { choices } : {}),
  };
};

const ref = (m, id = `${m.site()}/${m.name()}`) =>
  m.oneOf([
    { id, objectType: 'Activity' },
    { objectType: 'Activity', id },
    { id },
    activity(m, adlType('course'), id),
  ]);

const context = (m, category, more = {}) => {
  const contextActivities = {
    ...(m.chance(0.6) ? { parent: [ref(m)] } : {}),
    ...(m.chance(0.6) ? { grouping: [ref(m)] } : {}),
    ...(category === undefined ? {} : { category: [ref(m, category)] }),
  };
  const turned = Object.fromEntries(Object.entries(contextActivities).reverse());
  return {
    ...(m.chance(0.8) ? { registration: m.uuid() } : {}),
    ...(m.chance(0.2) ? { instructor: agent(m) } : {}),
    ...(m.chance(0.1)
      ? { team: { objectType: 'Group', name: m.title(), account: { homePage: m.site(), name: m.name() } } }
      : {}),
    contextActivities: m.chance(0.5) ? contextActivities : turned,
    ...(m.chance(0.4) ? { platform: m.title() } : {}),
    ...(m.chance(0.4) ? { language: m.oneOf(LANGUAGES) } : {}),
    ...more,
  };
};

const CATEGORY = 'https://w3id.org/xapi/cmi5/context/categories/';
const CMI5_EXTENSION = 'https://w3id.org/xapi/cmi5/context/extensions/';
const VIDEO_EXTENSION = 'https://w3id.org/xapi/video/extensions/';

const lms = (m) => {
  const statement = {
    actor: agent(m),
    verb: verb(m, ADL),
    object: activity(
      m,
      adlType(m.often(ADL_TYPES)),
      undefined,
      m.chance(0.6) ? { description: m.map(m.prose(8)) } : {},
    ),
  };
  const result = {
    score: score(m),
    completion: m.chance(0.5),
    success: m.chance(0.5),
    duration: m.duration(),
  };
  return { ...statement, ...(m.chance(0.5) ? { result } : {}), context: context(m) };
};

const cmi5 = (m) => {
  const result = m.oneOf([
    { score: { scaled: m.below(100) / 100 }, success: true, duration: m.duration() },
    { completion: true, duration: m.duration() },
    { duration: m.duration() },
    { extensions: { 'https://w3id.org/xapi/cmi5/result/extensions/progress': m.below(100) } },
    { score: score(m), duration: m.duration(), completion: true, success: true },
  ]);
  const extensions = {
    [`${CMI5_EXTENSION}sessionid`]: m.uuid(),
    ...(m.chance(0.4)
      ? { [`${CMI5_EXTENSION}masteryscore`]: 0.8, [`${CMI5_EXTENSION}launchmode`]: 'Normal' }
      : {}),
    ...(m.chance(0.2)
      ? { [`${CMI5_EXTENSION}launchurl`]: m.site(), [`${CMI5_EXTENSION}moveon`]: 'CompletedOrPassed' }
      : {}),
  };
  return {
    actor: agent(m),
    verb: m.chance(0.9) ? verb(m, ADL) : verb(m, CMI5),
    object: activity(
      m,
      m.oneOf([adlType('course'), adlType('lesson'), 'https://w3id.org/xapi/cmi5/activitytype/course']),
    ),
    result,
    context: context(m, `${CATEGORY}${m.oneOf(['cmi5', 'cmi5', 'moveon'])}`, { extensions }),
  };
};

const video = (m) => {
  const seconds = () => m.below(600_000) / 1000;
  const end = (name) => `${VIDEO_EXTENSION}${name}`;
  const extensions = m.oneOf([
    { [end('time')]: seconds() },
    { [end('time-from')]: seconds(), [end('time-to')]: seconds() },
    {
      [end('time')]: seconds(),
      [end('progress')]: m.below(1000) / 1000,
      [end('played-segments')]: `0[.]${m.digits(3)}[,]${m.digits(3)}[.]${m.digits(3)}`,
    },
    {
      [end('time-from')]: seconds(),
      [end('time-to')]: seconds(),
      [end('length')]: seconds(),
      [end('progress')]: m.below(1000) / 1000,
      [end('played-segments')]: `0[.]${m.digits(3)}`,
    },
  ]);
  const about = {
    [end('session-id')]: m.uuid(),
    ...(m.chance(0.3)
      ? {
          [end('length')]: m.below(999),
          [end('completion-threshold')]: '1.0',
          [end('speed')]: '1x',
          [end('quality')]: '720p',
          [end('full-screen')]: false,
          [end('volume')]: 1,
          [end('user-agent')]:
            'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/',
        }
      : {}),
  };
  const category = [
    m.oneOf([
      { id: 'https://w3id.org/xapi/video' },
      { id: 'https://w3id.org/xapi/video', objectType: 'Activity' },
    ]),
  ];
  return {
    verb: m.chance(0.7)
      ? verb(m, VIDEO)
      : named(m, ADL, m.oneOf(['initialized', 'completed', 'terminated', 'interacted'])),
    actor: agent(m),
    object: m.oneOf([
      activity(m, 'https://w3id.org/xapi/video/activity-type/video', `${m.site()}/${m.uuid()}`),
      {
        definition: {
          type: 'https://w3id.org/xapi/video/activity-type/video',
          name: m.map(m.uuid(), 'en-US'),
        },
        id: `uuid://${m.uuid()}`,
        objectType: 'Activity',
      },
    ]),
    result: m.chance(0.8) ? { extensions } : { completion: true, duration: m.duration(), extensions },
    context: m.oneOf([
      { extensions: about, contextActivities: { category, parent: [ref(m)] } },
      {
        contextActivities: {
          category,
          parent: [ref(m, `course-v1:${m.title()}+${m.digits(3)}+${m.name()}`)],
        },
        extensions: about,
      },
      context(m, 'https://w3id.org/xapi/video', { extensions: about }),
    ]),
  };
};

const storyline = (m) => {
  const course = `http://${m.hex(11)}_course_id`;
  const parent = [{ id: course, objectType: 'Activity' }];
  const question = {
    verb: named(m, ADL, 'answered'),
    object: {
      objectType: 'Activity',
      id: `${course}-urn:scormdriver:${m.name()}`,
      definition: { name: { und: m.heading() }, type: adlType('cmi.interaction'), ...interaction(m) },
    },
    result: {
      success: m.chance(0.6),
      response: m.oneOf(['a', m.prose(1)]),
      duration: m.duration(),
      extensions: { 'http://id.tincanapi.com/extension/cmi-interaction-weighting': '10' },
    },
    context: {
      registration: m.uuid(),
      contextActivities: { parent, grouping: [{ id: `${course}-${m.name()}`, objectType: 'Activity' }] },
    },
  };
  const slide = {
    verb: named(m, ADL, 'experienced'),
    object: {
      objectType: 'Activity',
      id: `${course}/${m.hex(11)}`,
      definition: {
        type: adlType('module'),
        name: { und: m.heading() },
        description: { 'en-US': m.heading() },
      },
    },
    context: { registration: m.uuid(), contextActivities: { parent, grouping: parent } },
  };
  const end = {
    verb: named(m, ADL, m.oneOf(['passed', 'failed', 'completed'])),
    object: {
      objectType: 'Activity',
      id: course,
      definition: { type: adlType('course'), name: { und: m.heading() }, description: { und: m.prose(5) } },
    },
    result: {
      completion: true,
      success: m.chance(0.7),
      duration: m.duration(),
      score: { raw: m.below(100), min: 0, max: 100 },
    },
    context: { registration: m.uuid() },
  };
  const rise = {
    ...slide,
    verb: named(m, ADL, 'progressed'),
    result: {
      extensions: { 'https://w3id.org/xapi/cmi5/result/extensions/progress': m.below(100) },
      completion: false,
      duration: m.duration(),
    },
  };
  return { actor: agent(m), ...m.oneOf([question, question, slide, end, rise]) };
};

const h5p = (m) => {
  const page = `${m.site()}/wp-admin/admin-ajax.php?action=h5p_embed&id=${m.digits(2)}`;
  const library = m.oneOf(
    words(
      'H5P.MultiChoice-1.16 H5P.TrueFalse-1.8 H5P.QuestionSet-1.20 H5P.InteractiveVideo-1.26 H5P.CoursePresentation-1.25 H5P.DragText-1.10 H5P.Blanks-1.14',
    ),
  );
  return {
    actor: agent(m),
    verb: named(
      m,
      ADL,
      m.oneOf(['attempted', 'interacted', 'answered', 'answered', 'completed', 'progressed']),
    ),
    object: {
      id: `${page}?subContentId=${m.uuid()}`,
      objectType: 'Activity',
      definition: {
        extensions: {
          'http://h5p.org/x-api/h5p-local-content-id': m.below(99),
          'http://h5p.org/x-api/h5p-subContentId': m.uuid(),
        },
        name: { 'en-US': `${m.heading()}\n` },
        ...interaction(m),
        type: adlType('cmi.interaction'),
      },
    },
    context: {
      contextActivities: {
        parent: [{ id: page, objectType: 'Activity' }],
        category: [{ id: `http://h5p.org/libraries/${library}`, objectType: 'Activity' }],
      },
    },
    result: {
      score: { min: 0, max: 1, raw: 1, scaled: 1 },
      completion: true,
      success: true,
      duration: m.duration(),
      response: '1',
    },
  };
};

const moodle = (m) => {
  const site = m.site();
  const at = (page) => `${site}/${page}?id=${m.digits(3)}`;
  const quiz = { name: m.map(m.heading(), 'en'), type: 'http://adlnet.gov/expapi/activities/assessment' };
  return {
    actor: { name: `${m.title()} ${m.title()}`, account: { homePage: site, name: m.digits(3) } },
    verb: m.oneOf([
      named(m, OTHER, 'viewed'),
      named(m, ADL, 'completed'),
      named(m, OTHER, 'received'),
      verb(m, ADL),
    ]),
    object: {
      id: at(
        m.oneOf([
          'mod/quiz/view.php',
          'course/view.php',
          'mod/scorm/view.php',
          'mod/page/view.php',
          'mod/assign/view.php',
          'mod/forum/discuss.php',
        ]),
      ),
      definition: m.oneOf([quiz, { type: m.oneOf(OTHER_TYPES), name: m.map(m.heading(), 'en') }]),
    },
    ...(m.chance(0.3)
      ? {
          result: {
            score: { raw: m.below(10), min: 0, max: 10, scaled: 0.5 },
            success: true,
            completion: true,
            duration: m.duration(),
          },
        }
      : {}),
    context: {
      language: 'en',
      extensions: {
        'http://lrs.learninglocker.net/define/extensions/info': {
          'https://moodle.org/': '4.1',
          'https://github.com/xAPI-vle/moodle-logstore_xapi': 'v4.7.0',
          event_name: '\\mod_quiz\\event\\course_module_viewed',
          event_function: '\\src\\transformer\\events\\mod_quiz\\course_module_viewed',
        },
      },
      platform: 'Moodle',
      contextActivities: {
        grouping: [
          {
            id: site,
            definition: { type: 'http://id.tincanapi.com/activitytype/lms', name: { en: m.heading() } },
          },
          {
            id: at('course/view.php'),
            definition: { type: 'https://w3id.org/xapi/cmi5/activitytype/course', name: { en: m.heading() } },
          },
        ],
        category: [
          {
            id: site,
            definition: { type: 'http://id.tincanapi.com/activitytype/source', name: { en: 'Moodle' } },
          },
        ],
      },
    },
  };
};

const openEdx = (m) => {
  const course = `course-v1:${m.title()}+${m.digits(3)}+${m.name()}`;
  const site = m.site();
  const answer = {
    result: {
      response: '["choice_1"]',
      success: m.chance(0.5),
      score: { scaled: 1, raw: 1, min: 0, max: 1 },
    },
  };
  const done = {
    result: {
      completion: true,
      extensions: { 'https://w3id.org/xapi/cmi5/result/extensions/progress': 100.0 },
    },
  };
  return {
    actor: { objectType: 'Agent', account: { name: m.uuid(), homePage: site } },
    verb: m.oneOf([
      named(m, OTHER, 'evaluated'),
      named(m, ADL, m.oneOf(['attempted', 'passed', 'progressed', 'registered'])),
      named(m, OTHER, m.oneOf(['earned', 'unregistered', 'evaluated'])),
    ]),
    object: {
      objectType: 'Activity',
      id: `${site}/xblock/block-v1:${m.title()}+${m.digits(3)}+${m.name()}+type@problem+block@${m.hex(32)}`,
      definition: {
        extensions: { 'http://id.tincanapi.com/extension/attempt-id': 1 },
        type: adlType(m.oneOf(['cmi.interaction', 'question', 'course', 'module'])),
        interactionType: 'other',
        name: { en: m.heading() },
      },
    },
    ...m.oneOf([answer, done, {}]),
    context: {
      registration: m.uuid(),
      contextActivities: {
        parent: [
          {
            objectType: 'Activity',
            id: `${site}/course/${course}`,
            definition: { name: { 'en-US': m.heading() }, type: adlType('course') },
          },
        ],
      },
      extensions: {
        'https://w3id.org/xapi/openedx/extension/transformer-version': 'event-routing-backends@7.0.1',
        'https://w3id.org/xapi/openedx/extensions/session-id': m.hex(32),
      },
    },
  };
};

const SHAPES = [
  lms,
  lms,
  lms,
  lms,
  cmi5,
  cmi5,
  cmi5,
  video,
  video,
  storyline,
  storyline,
  h5p,
  moodle,
  openEdx,
];

/** What the LRS itself adds to a statement, after what was sent. */
const ending = (m, version) =>
  `,"stored":"${m.time()}.${m.digits(6)}Z","authority":{"objectType":"Agent","account":{"homePage":"${m.site()}","name":"${m.uuid()}"}},"version":"${version}"}`;

/** `count` stored statements, the same for the same seed: invented people, places, ids and texts. */
export const statementTexts = (count, seed) => {
  const m = makers(random(seed));
  return Array.from({ length: count }, () => {
    const { actor, verb: did, ...rest } = m.oneOf(SHAPES)(m);
    const stamp = `${m.time()}${m.oneOf([`.${m.digits(3)}`, '', `.${m.digits(6)}`])}${m.oneOf(['Z', 'Z', '+00:00'])}`;
    const order = m.oneOf([
      { actor, verb: did, ...rest },
      { actor, verb: did, ...rest },
      { verb: did, ...rest, actor },
    ]);
    const sent = m.oneOf([
      { id: m.uuid(), ...order, timestamp: stamp },
      { id: m.uuid(), ...order, timestamp: stamp },
      { ...order, id: m.uuid(), timestamp: stamp },
      { timestamp: stamp, ...order, id: m.uuid() },
      { id: m.uuid(), timestamp: stamp, ...order },
    ]);
    return JSON.stringify(sent).slice(0, -1) + ending(m, m.chance(0.8) ? '1.0.3' : '2.0.0');
  });
};
