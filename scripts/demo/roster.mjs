import { date } from './calendar.mjs';
import { DEPARTMENTS } from './model.mjs';
import { departmentAt, leadOf } from './people.mjs';
import { agentOf, hrAgent, mailAgent } from './record.mjs';

const HEADER = [
  ...['employee_id', 'email', 'name', 'department', 'role', 'region', 'manager'],
  ...['hire_date', 'leave_date', 'effective_from', 'cost_centre'],
];

const COST_CENTRES = { Assembly: 410, Warehouse: 420, Maintenance: 430, Quality: 440, Office: 900 };
const REGION_DIGIT = { North: 1, South: 2, East: 3 };
const costCentre = (department, region) => `${COST_CENTRES[department]}-${REGION_DIGIT[region]}`;

const rowOf = (people, learner, from) => {
  const { employee, email, name, region, hired, left } = learner;
  const department = departmentAt(learner, from);
  return [
    ...[employee, email, name, department, DEPARTMENTS[department].role, region],
    ...[leadOf(people, learner, from).employee, date(hired), left === undefined ? '' : date(left)],
    ...[date(from), costCentre(department, region)],
  ];
};

const leadRow = ({ employee, email, name, department, region, hired }) => [
  ...[employee, email, name, department, 'team lead', region, '', date(hired), ''],
  ...[date(hired), costCentre(department, region)],
];

/** Who works where since when; who has moved has two rows. @param {import('./people.mjs').People} people */
export const rosterRows = (people) => [
  HEADER,
  ...people.leads.map(leadRow),
  ...people.learners.flatMap((learner) =>
    [learner.hired, ...(learner.moved === undefined ? [] : [learner.moved.at])].map((from) =>
      rowOf(people, learner, from),
    ),
  ),
];

/** Which identifiers are one person, and how that is known. @param {import('./people.mjs').People} people */
export const mergesOf = ({ learners, leads }) => [
  ...leads.map((lead) => ({
    identifiers: [hrAgent(lead), mailAgent(lead.email)],
    why: 'The roster has both.',
  })),
  ...learners.flatMap((learner) => {
    const known = hrAgent(learner);
    const merge = (other, why) => ({ identifiers: [known, other], why });
    const byPhone = agentOf('phone', learner);
    return [
      merge(mailAgent(learner.email), 'The roster has both.'),
      ...(learner.phoneMail === learner.email
        ? []
        : [merge(byPhone, 'A private address, told to the academy when the phone was set up.')]),
      merge(agentOf('vr', learner), 'The list of badges of the plant.'),
    ];
  }),
];
