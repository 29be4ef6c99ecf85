import { DAY, FIRST, HOUR } from './calendar.mjs';
import { DEPARTMENTS } from './model.mjs';
import { drawNames } from './names.mjs';

/**
 * @typedef {ReturnType<typeof createPeople>} People
 * @typedef {People['learners'][number]} Learner
 * @typedef {People['leads'][number]} Lead
 */

export const PLANTS = { North: 'Norddorf', South: 'Südhafen', East: 'Ostheim' };
const REGIONS = Object.keys(PLANTS);

/** Which lead of a plant a department has. */
const LEAD_OF = { Assembly: 0, Warehouse: 1, Maintenance: 2, Quality: 2, Office: 3 };
const LEADS_PER_PLANT = 4;

const LEAVERS = 12;
const LATE_HIRES = 14;
const MOVERS = 12;
/** Whoever has given notice is sent on no course any more; so no window of a course is cut off by leaving. */
const NOTICE_DAYS = 130;

const createLeads = (chance, names) =>
  names.map(({ name, address }, index) => ({
    employee: String(1901 + index),
    name,
    email: `${address}@hartwerk.example`,
    region: REGIONS[Math.floor(index / LEADS_PER_PLANT)],
    department: Object.keys(LEAD_OF)[index % LEADS_PER_PLANT],
    hired: Date.UTC(2004, 0, 1) + chance.whole(0, 4000) * DAY,
  }));

const departments = () =>
  Object.entries(DEPARTMENTS).flatMap(([department, { size }]) => Array(size).fill(department));

/** What changes for some during the year: each place of a shuffled list is somebody. */
const fateAt = (chance, place, department) => {
  const long = Date.UTC(2012, 0, 1) + chance.whole(0, 4900) * DAY;
  if (place < LEAVERS) {
    return { hired: long, left: Date.UTC(2026, 3, 15) + chance.whole(0, 190) * DAY };
  }
  if (place < LEAVERS + LATE_HIRES) return { hired: Date.UTC(2026, 0, 5) + chance.whole(0, 115) * DAY };
  if (place < LEAVERS + LATE_HIRES + MOVERS) {
    const others = Object.keys(DEPARTMENTS).filter((other) => other !== department);
    const at = Date.UTC(2026, 1, 1) + chance.whole(0, 110) * DAY;
    return { hired: long, moved: { at, department: chance.pick(others) } };
  }
  return { hired: long };
};

/** @param {import('./chance.mjs').Chance} chance */
export const createPeople = (chance) => {
  const everyDepartment = departments();
  const names = drawNames(chance, everyDepartment.length + REGIONS.length * LEADS_PER_PLANT);
  const leads = createLeads(chance, names.slice(everyDepartment.length));
  const places = chance.shuffled(everyDepartment.map((_, index) => index));
  const badges = chance.shuffled(everyDepartment.map((_, index) => index));
  const learners = everyDepartment.map((department, index) => {
    const { name, address } = names[index];
    return {
      // Badges have the same numbers as employees, and other ones: an account is its home page and its name.
      employee: String(1001 + index),
      badge: String(1001 + badges[index]),
      name,
      email: `${address}@hartwerk.example`,
      phoneMail: `${address}@${chance.happens(0.1) ? 'mail.example' : 'hartwerk.example'}`,
      region: chance.pick(REGIONS),
      department,
      diligence: chance.normal(),
      ability: chance.normal(),
      ...fateAt(chance, places[index], department),
    };
  });
  return { learners, leads };
};

/** @param {Learner} learner @param {number} time */
export const departmentAt = ({ department, moved }, time) =>
  moved !== undefined && time >= moved.at ? moved.department : department;

/** @param {People} people @param {Learner} learner @param {number} time */
export const leadOf = ({ leads }, learner, time) => {
  const plant = REGIONS.indexOf(learner.region);
  return leads[plant * LEADS_PER_PLANT + LEAD_OF[departmentAt(learner, time)]];
};

/** @param {Learner} learner @param {number} time */
export const isEmployed = ({ hired, left = Number.POSITIVE_INFINITY }, time) => time >= hired && time < left;

/**
 * A morning between two days on which a learner can be sent on a course; undefined if there is none.
 * @param {import('./chance.mjs').Chance} chance
 * @param {Learner} learner
 * @param {number} from
 * @param {number} to
 */
export const drawMorning = (chance, { hired, left = Number.POSITIVE_INFINITY }, from, to) => {
  const first = Math.ceil(Math.max(from, FIRST, hired + 2 * DAY) / DAY);
  const last = Math.floor(Math.min(to, left - NOTICE_DAYS * DAY) / DAY);
  const share = chance.between(0, 1);
  const hour = chance.between(5, 6);
  return last < first ? undefined : (first + Math.floor(share * (last - first + 1))) * DAY + hour * HOUR;
};
