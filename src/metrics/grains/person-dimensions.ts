import type { WholeColumn } from '../query/row-columns.ts';
import type { Scope } from '../query/scope.ts';
import type { Periods } from '../state/period-columns.ts';
import { teamOf } from '../state/person-attributes.ts';
import type { Dimension, Moment } from './grain.ts';
import { idOfPerson, labelOfPerson, labelOfTerm, numberOfPerson, placesOfPersons } from './person-label.ts';

/** What is taken when a row begins, and with `.now` behind its name at the query's moment. */
const KNOWN = {
  department: 'The department of the person.',
  role: 'The role of the person.',
  region: 'The region of the person.',
  manager: 'Whom the person reports to.',
  team: 'Everybody below a manager, directly or through others: a row counts for each manager above the person.',
  employed: 'Whether the person is employed: notYet, employed or left; nothing of whom no roster speaks.',
} as const;

const NOW = '.now';
const withNow = (name: string, text: string): readonly (readonly [string, string])[] => [
  [name, `${text} As it was when the row began; before anything is known, as it was known first.`],
  [name + NOW, `${text} As it is at the moment of the question.`],
];

/** What is known of the person of a row; besides, each attribute of the installation's own as `person.<name>`. */
export const PERSON: Readonly<Record<string, string>> = {
  person: 'The person.',
  ...Object.fromEntries(Object.entries(KNOWN).flatMap(([name, text]) => withNow(name, text))),
};

/** What rosters say that is no dimension of the installation's own. */
const STANDARD = [...Object.keys(KNOWN), 'name', 'hired', 'left'];

type PersonOf = WholeColumn;

/** `person` gives a row's person, `moment` when the roster is asked about them. */
export const personDimensions = (
  scope: Scope,
  person: PersonOf,
  moment: Moment,
): Readonly<Record<string, () => Dimension>> => {
  const { asOf, world } = scope;
  const own = world.people.roster.attributeNames().filter((name) => !STANDARD.includes(name));
  const named = { ...attributeDimensions(scope, person), ...ownDimensions(scope, person, own) };
  const [label, id] = [labelOfPerson(scope), idOfPerson(scope)];
  return {
    person: () => ({
      code: person,
      decode: (number) => (number === 0 ? null : label(number)),
      id: (number) => (number === 0 ? null : id(number)),
      codeOf: (one) => numberOfPerson(scope, one),
      places: () => placesOfPersons(scope),
    }),
    ...Object.fromEntries(
      Object.entries(named).flatMap(([name, dimension]) => [
        [name, () => dimension(moment)],
        [name + NOW, () => dimension(() => asOf)],
      ]),
    ),
  };
};

type AtMoment = (moment: Moment) => Dimension;

const attributeDimensions = (
  scope: Scope,
  person: PersonOf,
): Readonly<Record<keyof typeof KNOWN, AtMoment>> => {
  const { attributes } = scope.world;
  const label = labelOfTerm(scope);
  const text =
    (name: string): AtMoment =>
    (moment) =>
      textDimension(attributes.column(name), person, moment);
  return {
    department: text('department'),
    role: text('role'),
    region: text('region'),
    manager: (moment) => {
      const column = attributes.column('manager');
      const decode = (code: number) => {
        const term = column.valueOf(code);
        return term === undefined ? null : label(term);
      };
      return { ...codesIn(column, person, moment), decode };
    },
    team: (moment) => teamDimension(scope, person, moment),
    employed: (moment) => textDimension(attributes.employment(), person, moment),
  };
};

const ownDimensions = (
  { world }: Scope,
  person: PersonOf,
  names: readonly string[],
): Readonly<Record<string, AtMoment>> =>
  Object.fromEntries(
    names.map((name) => [
      `person.${name}`,
      (moment: Moment) => textDimension(world.attributes.column(name), person, moment),
    ]),
  );

const codesIn = (
  column: Periods<string>,
  person: PersonOf,
  moment: Moment,
): Pick<Dimension, 'code' | 'codes'> => ({
  code: (row) => column.codeAt(person(row), moment(row)),
  codes: (rows) => column.codesAt(rows, person.all(), moment),
});

const textDimension = (column: Periods<string>, person: PersonOf, moment: Moment): Dimension => ({
  ...codesIn(column, person, moment),
  decode: (code) => column.valueOf(code) ?? null,
});

/** A row has the code of a chain of managers, and its members are the managers. */
const teamDimension = (scope: Scope, person: PersonOf, moment: Moment): Dimension => {
  const teams = scope.world.attributes.teams();
  const label = labelOfTerm(scope);
  const terms: string[] = [];
  const codes = new Map<string, number>();
  const codeOf = (term: string): number => {
    const code = codes.get(term) ?? terms.push(term);
    codes.set(term, code);
    return code;
  };
  return {
    ...codesIn(teams, person, moment),
    members: (chain) => teamOf(teams.valueOf(chain) ?? '[]').map(codeOf),
    decode: (code) => (code === 0 ? null : label(terms[code - 1] as string)),
  };
};
