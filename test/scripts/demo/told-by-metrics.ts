import type { Cell } from '../../../src/metrics/views.ts';

const LMS = 'https://lms.example';
const SKILLS = 'https://skills.example';
const among = (dim: string, values: readonly string[]) => ({ dim, op: 'in', values });

/** The courses that everybody, or some, have to do. */
const MANDATORY = among(
  'course',
  ['loto', 'forklift', 'first-aid', 'data-protection'].map((id) => `${LMS}/course/${id}`),
);
const WATCHED = among(
  'skill',
  ['loto', 'forklift'].map((id) => `${SKILLS}/${id}`),
);
const PATH = among('course', [`${LMS}/course/operator-qualification`]);

type Question = { readonly params?: object; readonly filters?: object; readonly asOf?: string };

/** What has to be asked of the made-up year for an answer; all other metrics answer as they are. */
export const ASKED: Readonly<Record<string, Question>> = {
  'completion.rate': { filters: MANDATORY },
  'completion.incidence': { filters: MANDATORY },
  'enrolment.survival': { filters: MANDATORY },
  'competency.time': {
    params: { criterion: { skill: `${SKILLS}/press-operation`, level: 2 } },
    filters: PATH,
  },
  'competency.time_in_role': { params: { entry: 'delayed' } },
  // All that was mandatory was due long before the year had ended.
  'list.due_soon': { asOf: '2026-05-10T00:00:00Z' },
  'list.expiring': { params: { within: 365 } },
  'application.time': { filters: { and: [WATCHED, { dim: 'practised', op: 'in', values: [true] }] } },
  // Only observations have scores, and come some weeks after each other.
  'retention.ratio_at': { params: { day: 38, tolerance: 0.85 } },
};

/** What is not told of that year, and why that is right. */
export const UNTOLD: Readonly<Record<string, string>> = {
  'enrolment.survival': 'Far fewer than half are ever taken out of a course: there is no median.',
};

const ENOUGH = 30;
const FEWEST_POINTS = 3;

type Figures = Readonly<Record<'den' | 'n' | 'events', number | null | undefined>>;

/** Why a cell tells nothing, or too little to tell anything true; undefined if it tells something. */
export const emptiness = (cell: Cell): string | undefined => {
  if (cell.value === null) return 'there is no value';
  if ('items' in cell) return cell.items.length === 0 ? 'the list is empty' : undefined;
  if ('points' in cell && cell.points.length < FEWEST_POINTS) return `there are ${cell.points.length} points`;
  const { den, n, events } = cell as unknown as Figures;
  const counted = [den, n, events].filter((one) => typeof one === 'number');
  const fewest = Math.min(...counted);
  if (counted.length === 0) return cell.value === 0 ? 'nothing is counted' : undefined;
  return fewest < ENOUGH ? `it is of ${fewest}` : undefined;
};
