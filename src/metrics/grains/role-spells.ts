import type { Roster } from '../../people/roster.ts';

/** From when to when a person had a role without a break: the first moment and the last, which may be Infinity. */
export type RoleSpell = {
  readonly role: string;
  readonly from: number;
  readonly to: number;
  /** The spell ends because the person left the company; else another role follows, or none. */
  readonly isLeaving: boolean;
};

/** The roles that a person has had, ascending. A person who has left has none. */
export const roleSpellsOf = (roster: Roster, person: string): readonly RoleSpell[] => {
  const changes = roster.changesOf(person);
  const found: RoleSpell[] = [];
  changes.forEach((change, at) => {
    const spell = spellFrom(roster, person, change, (changes[at + 1] ?? Number.POSITIVE_INFINITY) - 1);
    if (spell === undefined) return;
    const before = found.at(-1);
    const goesOn = before?.role === spell.role && before.to + 1 >= spell.from && !before.isLeaving;
    if (goesOn) found.pop();
    found.push(goesOn ? { ...spell, from: before.from } : spell);
  });
  return found;
};

const spellFrom = (roster: Roster, person: string, from: number, to: number): RoleSpell | undefined => {
  const role = roster.attributesAt(person, from).get('role');
  const employment = roster.employmentAt(person, to === Number.POSITIVE_INFINITY ? from : to);
  if (role === undefined || employment === undefined) return undefined;
  const begin = Math.max(from, employment.hired);
  const end = Math.min(to, employment.left);
  return begin > end ? undefined : { role, from: begin, to: end, isLeaving: employment.left <= to };
};
