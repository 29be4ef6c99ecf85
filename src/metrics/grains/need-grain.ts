import { oncePerScope } from '../query/once-per-scope.ts';
import { rowsUpTo } from '../query/over-rows.ts';
import { numberColumn, numbersUpTo, wholeColumn } from '../query/row-columns.ts';
import type { Scope } from '../query/scope.ts';
import { scratchBytes, scratchNumbers, scratchWholes } from '../scratch.ts';
import { activityDimension, choiceDimension, flagDimension, numberDimension } from './dimensions.ts';
import type { Grain } from './grain.ts';
import { PERSON, personDimensions } from './person-dimensions.ts';
import { allSpells } from './role-grain.ts';
import { type Need, roleNeeds } from './role-needs.ts';
import { evidenceFacts } from './skill-grain.ts';
import { skillStanding } from './skill-standing.ts';

/** What people need for the roles that they have at the query's moment, and what they have of it. */
export type Needs = {
  readonly size: number;
  readonly person: Uint32Array;
  /** The place of the role's spell among all. */
  readonly spell: Uint32Array;
  /** By its number among activities. */
  readonly skill: Uint32Array;
  /** The level that is needed, and how much it weighs. */
  readonly needed: Float64Array;
  readonly weight: Float64Array;
  /** What has been shown, whether or not it is still fresh. */
  readonly level: Float64Array;
  readonly isFresh: Uint8Array;
  /** The row of person and skill, plus one; 0 without any evidence. */
  readonly skillRow: Uint32Array;
};

export const needsOf = (scope: Scope): Needs => oncePerScope(scope, 'needs', () => makeNeeds(scope));

const makeNeeds = (scope: Scope): Needs => {
  const { skills } = scope.world;
  const standing = skillStanding(scope);
  const needs = needed(scope);
  const { size, person, skill, level, isFresh, skillRow } = needs;
  for (let row = 0; row < size; row += 1) {
    const found = skills.find(person[row] as number, skill[row] as number, 0);
    if (found === -1) continue;
    skillRow[row] = found + 1;
    level[row] = standing.level[found] as number;
    isFresh[row] = (standing.freshUntil[found] as number) >= scope.asOf ? 1 : 0;
  }
  return needs;
};

/** The needs of all roles that are held, without what there is of them. */
const needed = (scope: Scope): Needs => {
  const wanted = roleNeeds(scope);
  const spells = allSpells(scope);
  const ofRole = spells.roles.map((role) => wanted.get(role) ?? []);
  const isHeld = (spell: number): boolean =>
    (spells.from[spell] as number) <= scope.asOf && (spells.to[spell] as number) >= scope.asOf;
  const held = rowsUpTo(spells.size, isHeld);
  let size = 0;
  for (const spell of held) size += (ofRole[spells.role[spell] as number] as readonly Need[]).length;
  const needs = {
    size,
    person: scratchWholes(size),
    spell: scratchWholes(size),
    skill: scratchWholes(size),
    needed: scratchNumbers(size),
    weight: scratchNumbers(size),
    level: scratchNumbers(size),
    isFresh: scratchBytes(size),
    skillRow: scratchWholes(size),
  };
  let row = 0;
  for (const spell of held)
    for (const { skill, level, weight } of ofRole[spells.role[spell] as number] as readonly Need[]) {
      needs.person[row] = spells.person[spell] as number;
      needs.spell[row] = spell;
      needs.skill[row] = skill;
      needs.needed[row] = level;
      needs.weight[row] = weight;
      row += 1;
    }
  return needs;
};

/** One person and one skill that the person's role needs, at the moment of the question. */
export const NEED: Grain = {
  name: 'need',
  description:
    'One person and one skill that the role needs which the person has at the moment of the question, be there evidence or not.',
  moments: { begin: 'Took the role.', taken: 'Took the role.' },
  dimensions: {
    ...PERSON,
    'role.held': 'The role that needs it.',
    skill: 'The skill.',
    needed: 'The level that is needed.',
    level: 'The highest level that has been shown and not taken back; 0 for none.',
    fresh: 'Whether the evidence still holds.',
    met: 'Whether the level is reached by evidence that still holds.',
  },
  open: (scope) => {
    const needs = needsOf(scope);
    const { from, role, roles } = allSpells(scope);
    const person = wholeColumn(() => needs.person);
    const begin = numberColumn(() =>
      numbersUpTo(needs.size, (row) => from[needs.spell[row] as number] as number),
    );
    return {
      size: needs.size,
      has: () => true,
      person,
      begin,
      moments: { begin, taken: begin },
      dimensions: {
        ...personDimensions(scope, person, begin),
        'role.held': () => choiceDimension(roles, (row) => (role[needs.spell[row] as number] as number) + 1),
        skill: () => activityDimension(scope, (row) => needs.skill[row] as number),
        needed: () => numberDimension((row) => needs.needed[row] as number),
        level: () => numberDimension((row) => needs.level[row] as number),
        fresh: () => flagDimension((row) => needs.isFresh[row] === 1),
        met: () => flagDimension((row) => isMet(needs, row)),
      },
      facts: (row) => evidenceFacts(scope.world, person(row), needs.skill[row] as number),
    };
  },
};

/** Whether somebody can do what their role needs. */
const isMet = ({ needed, level, isFresh }: Needs, row: number): boolean =>
  isFresh[row] === 1 && (level[row] as number) >= (needed[row] as number);
