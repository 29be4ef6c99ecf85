/** Verbs with the weight that each has in courseware traffic; `course` ones are said of a course, not of a page. */
export const VERBS = [
  { name: 'experienced', weight: 34, course: false },
  { name: 'answered', weight: 20, course: false },
  { name: 'interacted', weight: 12, course: false },
  { name: 'progressed', weight: 10, course: false },
  { name: 'launched', weight: 6, course: true },
  { name: 'initialized', weight: 6, course: true },
  { name: 'terminated', weight: 5, course: true },
  { name: 'completed', weight: 4, course: true },
  { name: 'passed', weight: 2, course: true },
  { name: 'failed', weight: 1, course: true },
  { name: 'suspended', weight: 0.6, course: false },
  { name: 'resumed', weight: 0.4, course: false },
  { name: 'commented', weight: 0.2, course: false },
  { name: 'shared', weight: 0.1, course: false },
  { name: 'mastered', weight: 0.05, course: false },
];

export const GIVEN_NAMES =
  'Amara Bruno Chiara Dimitri Elif Farid Greta Hiro Ines Jakub Kwame Leila Mateo Noor Oskar Paula'.split(' ');

export const FAMILY_NAMES =
  'Abara Bianchi Castro Demir Eriksen Fontaine Gruber Hassan Ito Jansen Kowalski Lopez Moreau Novak'.split(
    ' ',
  );

export const SUBJECTS =
  'Anatomy Bookkeeping Carpentry Dosimetry Ergonomics Forestry Geometry Hygiene Irrigation Journalism'.split(
    ' ',
  );

export const PHRASES = [
  'choose the statement that fits the case described above',
  'name the risks and the people who have to be told',
  'read the section and compare it with your own workplace',
  'put the steps into the order in which they are done',
  'watch the recording and note what the supervisor decides',
  'work through the example before you go on to the review',
];
