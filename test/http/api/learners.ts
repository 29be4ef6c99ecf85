import type { Cairn } from '../start-cairn.ts';
import { statementOf } from '../statement-parts.ts';

const ADL = 'http://adlnet.gov/expapi/verbs/';
const COURSE_TYPE = 'http://adlnet.gov/expapi/activities/course';

export const courseOf = (name: string, title?: string) => ({
  id: `https://example.org/courses/${name}`,
  definition: {
    type: COURSE_TYPE,
    ...(title === undefined ? {} : { name: { 'en-GB': title, de: `${title} (de)` } }),
  },
});

export const did = (who: string, verb: string, course: ReturnType<typeof courseOf>, timestamp: string) =>
  statementOf({
    actor: { mbox: `mailto:${who}@example.org` },
    verb: { id: `${ADL}${verb}` },
    object: course,
    timestamp,
  });

/** Stores that so many learners registered for a course on a day, and that the first of them completed it a day later. */
export const storeCourse = async (
  cairn: Cairn,
  { course = courseOf('a', 'First aid'), learners = 6, completed = 3, day = '2026-01-10', who = 'p' } = {},
): Promise<readonly string[]> => {
  const next = new Date(Date.parse(day) + 86_400_000).toISOString();
  const sent = Array.from({ length: learners }, (_, at) => [
    did(`${who}${at}`, 'registered', course, `${day}T08:00:00Z`),
    ...(at < completed ? [did(`${who}${at}`, 'completed', course, next)] : []),
  ]).flat();
  await cairn.all.post('/xapi/statements').send(sent).expect(200);
  return sent.map(({ id }) => id);
};
