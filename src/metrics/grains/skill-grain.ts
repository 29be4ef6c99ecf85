import { momentOf } from '../query/moment-of.ts';
import { oncePerScope } from '../query/once-per-scope.ts';
import { rowsWhere } from '../query/over-rows.ts';
import { numberColumn, wholeColumn } from '../query/row-columns.ts';
import type { Scope } from '../query/scope.ts';
import { scratchBytes, scratchNumbers } from '../scratch.ts';
import { SIGNALS } from '../signal.ts';
import { rowsOfState } from '../state/changing-rows.ts';
import type { World } from '../state/world.ts';
import { activityDimension, flagDimension, numberDimension } from './dimensions.ts';
import { orElse } from './earlier-moments.ts';
import type { Grain, Moment } from './grain.ts';
import { PERSON, personDimensions } from './person-dimensions.ts';
import { skillStanding } from './skill-standing.ts';

/** When a person was trained in a skill: milliseconds since 1970, NaN for never. */
export const trainedAt = (scope: Scope): Moment => {
  const { world } = scope;
  const { trained } = world.skills.table;
  return oncePerScope(scope, 'trained', () =>
    momentOf(scope, 'trained', { rows: rowsOfState(world, world.skills), column: trained }),
  );
};

/** Of some rows, those of what was trained. */
export const trainedRows = ({
  scope,
  rows,
}: {
  readonly scope: Scope;
  readonly rows: Uint32Array;
}): Uint32Array => {
  const trained = trainedAt(scope);
  return rowsWhere(rows, (row) => !Number.isNaN(trained(row)));
};

/** One person and one skill of which there is evidence. */
export const SKILL: Grain = {
  name: 'skill',
  description:
    'One person and one skill of which there is any evidence: training, use at work or in a simulation, an occasion to use it, an assessment.',
  moments: {
    begin: 'Trained; without that, the first evidence.',
    trained: 'First trained: completed, passed, certified or asserted, but not by using it at work.',
    first: 'The first evidence.',
  },
  dimensions: {
    ...PERSON,
    skill: 'The skill.',
    level: 'The highest level shown so far and not taken back; 0 for none.',
    trained: 'Whether the person has been trained in it.',
    practised: 'Whether the person has practised it, in a simulation or an exercise.',
    fresh: 'Whether the evidence still holds.',
  },
  open: (scope) => {
    const { skills } = scope.world;
    const { table } = skills;
    const trained = trainedAt(scope);
    const first = firstEvidence(scope);
    const heard = numberColumn(() => first);
    const begin = orElse(trained, heard);
    const person = wholeColumn(() => table.person);
    const standing = () => skillStanding(scope);
    return {
      size: table.rows,
      has: (row) => !Number.isNaN(first[row]),
      person,
      begin,
      moments: { begin, trained, first: heard },
      dimensions: {
        ...personDimensions(scope, person, begin),
        skill: () => activityDimension(scope, (row) => table.a[row] as number),
        level: () => {
          const { level } = standing();
          return numberDimension((row) => level[row] as number);
        },
        trained: () => flagDimension((row) => !Number.isNaN(trained(row))),
        practised: () => {
          const is = practisedAt(scope);
          return flagDimension((row) => is[row] === 1);
        },
        fresh: () => {
          const { freshUntil } = standing();
          return flagDimension((row) => (freshUntil[row] as number) >= scope.asOf);
        },
      },
      facts: (row) => evidenceFacts(scope.world, table.person[row] as number, table.a[row] as number),
    };
  },
};

/** By row of person and skill, when it was first heard of; NaN for other rows and for what lies after the query's moment. */
const firstEvidence = ({ world, asOf }: Scope): Float64Array => {
  const { table } = world.skills;
  const { time } = world.log.facts;
  const first = scratchNumbers(table.rows).fill(Number.NaN);
  for (let row = 0; row < table.rows; row += 1) {
    const fact = (table.fact[row] as number) - 1;
    if (fact < 0 || (time[fact] as number) > asOf) continue;
    const head = table.head[row] as number;
    if (Number.isNaN(first[head])) first[head] = time[fact] as number;
  }
  return first;
};

/** By row of person and skill, 1 where it had been practised at the query's moment. */
const practisedAt = ({ world, asOf }: Scope): Uint8Array => {
  const { table } = world.skills;
  const { time, signals } = world.log.facts;
  const found = scratchBytes(table.rows);
  for (let row = 0; row < table.rows; row += 1) {
    const fact = (table.fact[row] as number) - 1;
    if (fact < 0 || (time[fact] as number) > asOf) continue;
    if (((signals[fact] as number) & SIGNALS.practised) !== 0) found[table.head[row] as number] = 1;
  }
  return found;
};

/** All evidence of a person's skill, oldest first; none if there is none. */
export const evidenceFacts = ({ skills }: World, person: number, skill: number): readonly number[] => {
  const head = skills.find(person, skill, 0);
  const length = head === -1 ? 0 : (skills.table.evidence[head] as number);
  return Array.from(
    { length },
    (_, at) => (skills.table.fact[skills.find(person, skill, at + 1)] as number) - 1,
  );
};
