import { createRandom, createUuid, pick } from '../bench/random.mjs';

const LMS = 'https://lms.example.edu';
const SKILLS = 'https://skills.example.edu';
/** The corpus has courses from this number on; the first ones are taken most often. */
const FIRST_COURSE = 1000;
const DEPARTMENTS = Array.from({ length: 40 }, (_, number) => `Department ${number + 1}`);
const ROLES = 'clerk driver fitter inspector nurse operator planner technician trainer welder'.split(' ');
const REGIONS = ['North', 'South', 'East', 'West'];
const REQUIRED = 8;
const TAUGHT = 30;
const NEEDED = 4;
/** Of so many persons one has moved to another department, and one has two identifiers. */
const [MOVED, DOUBLED] = [10, 200];
const HIRED = '2024-03-01';
/** What was seen at work and who came to sessions, beside what is stored of courses. */
const SHARE = 0.04;
const FIRST = Date.UTC(2025, 0, 6);
const MS_BETWEEN = 9_000;

const courseIri = (number) => `${LMS}/xapi/course/${FIRST_COURSE + number}`;
const taskIri = (number) => `${LMS}/task/${number}`;
const skillIri = (number) => `${SKILLS}/${number}`;

const identityOf = ({ mbox, account }) => (account === undefined ? { mbox } : { account });

/** Every learner of the first statements of a corpus, once. */
export const learnersIn = (corpus, count) => {
  const learners = new Map();
  const next = corpus.pieces(0, count, 1000);
  for (let piece = next(); piece !== undefined; piece = next())
    for (const { actor } of JSON.parse(`[${piece.body}]`))
      learners.set(actor.mbox ?? actor.account.name, actor);
  return [...learners.values()];
};

const leadOf = (department) => ({
  mbox: `mailto:lead.${department.toLowerCase().replace(' ', '')}@example.edu`,
});
const DIRECTOR = { mbox: 'mailto:director@example.edu' };

const leads = () => [
  { identifier: DIRECTOR, name: 'Director', department: 'Board', role: 'director', hired: HIRED },
  ...DEPARTMENTS.map((department) => ({
    identifier: leadOf(department),
    name: `Lead of ${department}`,
    department,
    role: 'lead',
    manager: DIRECTOR,
    hired: HIRED,
  })),
];

const rowsOf = (random, learner, number) => {
  const own = { identifier: identityOf(learner), name: learner.name, hired: HIRED };
  const placed = { role: pick(random, ROLES), region: pick(random, REGIONS) };
  const rowFrom = (effectiveFrom) => {
    const department = pick(random, DEPARTMENTS);
    return { ...own, ...placed, department, manager: leadOf(department), effectiveFrom };
  };
  return number % MOVED === 0 ? [rowFrom(HIRED), rowFrom('2025-02-17')] : [rowFrom(HIRED)];
};

/** What the personnel department would send: bodies of requests, of some persons each. */
export const rosters = (learners, seed, each) => {
  const random = createRandom(seed);
  const bodies = [JSON.stringify({ rows: leads() })];
  for (let from = 0; from < learners.length; from += each) {
    const rows = learners.slice(from, from + each).flatMap((one, at) => rowsOf(random, one, from + at));
    bodies.push(JSON.stringify({ rows }));
  }
  return bodies;
};

/** Who has to complete what; skills, what trains them and what each role has to have. */
export const records = () => ({
  requirements: {
    requirements: Array.from({ length: REQUIRED }, (_, number) => ({
      id: `required-${number}`,
      name: `Required course ${number}`,
      activity: courseIri(number),
      appliesTo: {
        attr: 'department',
        op: 'in',
        value: DEPARTMENTS.filter((_name, at) => at % 4 === number % 4),
      },
      due: { days: 60, of: 'hire' },
      validFor: 'P1Y',
    })),
  },
  skills: {
    skills: Array.from({ length: TAUGHT }, (_, number) => ({
      id: skillIri(number),
      name: `Skill ${number}`,
    })),
    activities: Array.from({ length: TAUGHT }, (_, number) => number).flatMap((number) => [
      { activity: courseIri(number), skill: skillIri(number), level: 1 },
      { activity: courseIri(number + TAUGHT), skill: skillIri(number), level: 2 },
      { activity: taskIri(number), skill: skillIri(number), level: 1 },
    ]),
    roles: ROLES.flatMap((role, at) =>
      Array.from({ length: NEEDED }, (_, number) => ({
        role,
        skill: skillIri((at * 3 + number) % TAUGHT),
        level: 2,
      })),
    ),
  },
});

/** Persons who have another address, too. */
export const merges = (learners) =>
  learners
    .filter((_one, number) => number % DOUBLED === 1)
    .map(({ mbox, account }, number) => ({
      identifiers: [identityOf({ mbox, account }), { mbox: `mailto:also.${number}@example.edu` }],
      why: 'The phone was set up with it.',
    }));

/** A mentor saw somebody do a task at work. */
const observed = (random) => ({
  verb: { id: 'https://w3id.org/xapi/dod-isd/verbs/observed' },
  object: { id: taskIri(Math.floor(random() * TAUGHT)), definition: { type: 'urn:cairn:type:task' } },
  context: { instructor: { mbox: `mailto:instructor${Math.floor(random() * 50)}@example.edu` } },
  result: { success: random() < 0.8 },
});

/** Somebody came to a session, or did not. */
const expected = (random) => ({
  verb: {
    id: random() < 0.85 ? 'http://adlnet.gov/expapi/verbs/attended' : 'urn:cairn:verb:missed',
  },
  object: {
    id: `${LMS}/session/${Math.floor(random() * 200)}`,
    definition: { type: 'http://adlnet.gov/expapi/activities/meeting' },
  },
});

/** What mentors have seen at work, and who came to sessions: bodies of requests. */
export const elsewhere = (learners, seed, count, batch) => {
  const random = createRandom(seed + 1);
  const one = (said) => ({
    id: createUuid(random),
    actor: identityOf(pick(random, learners)),
    timestamp: new Date(FIRST + Math.floor(random() * count * MS_BETWEEN)).toISOString(),
    ...said(random),
  });
  const bodies = [];
  for (let made = 0; made < count * SHARE; made += batch)
    bodies.push(
      JSON.stringify(Array.from({ length: batch }, (_, at) => one(at % 2 === 0 ? observed : expected))),
    );
  return bodies;
};
