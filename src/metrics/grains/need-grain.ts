import { oncePerScope } from '../query/once-per-scope.ts';
import type { Scope } from '../query/scope.ts';
import { activityDimension, choiceDimension, flagDimension, numberDimension } from './dimensions.ts';
import type { Grain } from './grain.ts';
import { PERSON, personDimensions } from './person-dimensions.ts';
import { allSpells } from './role-grain.ts';
import { type Need, roleNeeds } from './role-needs.ts';
import type { PersonalSpell } from './roster-dates.ts';
import { evidenceFacts } from './skill-grain.ts';
import { skillStanding } from './skill-standing.ts';

/** What people need for the roles that they have at the query's moment, and what they have of it. */
export type Needs = {
  readonly size: number;
  readonly spell: readonly PersonalSpell[];
  readonly need: readonly Need[];
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
  const { spell, need } = needed(scope);
  const level = new Float64Array(need.length);
  const isFresh = new Uint8Array(need.length);
  const skillRow = new Uint32Array(need.length);
  for (let row = 0; row < need.length; row += 1) {
    const found = skills.find((spell[row] as PersonalSpell).person, (need[row] as Need).skill, 0);
    if (found === -1) continue;
    skillRow[row] = found + 1;
    level[row] = standing.level[found] as number;
    isFresh[row] = (standing.freshUntil[found] as number) >= scope.asOf ? 1 : 0;
  }
  return { size: need.length, spell, need, level, isFresh, skillRow };
};

const needed = (scope: Scope): { readonly spell: PersonalSpell[]; readonly need: Need[] } => {
  const wanted = roleNeeds(scope);
  const spell: PersonalSpell[] = [];
  const need: Need[] = [];
  for (const one of allSpells(scope)) {
    if (one.from > scope.asOf || one.to < scope.asOf) continue;
    for (const item of wanted.get(one.role) ?? []) {
      spell.push(one);
      need.push(item);
    }
  }
  return { spell, need };
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
    const spell = (row: number): PersonalSpell => needs.spell[row] as PersonalSpell;
    const need = (row: number): Need => needs.need[row] as Need;
    const names = [...new Set(needs.spell.map(({ role }) => role))].sort();
    const places = new Map(names.map((name, at) => [name, at + 1]));
    const person = (row: number): number => spell(row).person;
    const begin = (row: number): number => spell(row).from;
    return {
      size: needs.size,
      has: () => true,
      person,
      begin,
      moments: { begin, taken: begin },
      dimensions: {
        ...personDimensions(scope, person, begin),
        'role.held': () => choiceDimension(names, (row) => places.get(spell(row).role) as number),
        skill: () => activityDimension(scope, (row) => need(row).skill),
        needed: () => numberDimension((row) => need(row).level),
        level: () => numberDimension((row) => needs.level[row] as number),
        fresh: () => flagDimension((row) => needs.isFresh[row] === 1),
        met: () => flagDimension((row) => isMet(needs, row)),
      },
      facts: (row) => evidenceFacts(scope.world, person(row), need(row).skill),
    };
  },
};

/** Whether somebody can do what their role needs. */
const isMet = ({ need, level, isFresh }: Needs, row: number): boolean =>
  isFresh[row] === 1 && (level[row] as number) >= (need[row] as Need).level;
