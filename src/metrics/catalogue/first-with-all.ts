import type { Moment } from '../grains/grain.ts';
import type { Need } from '../grains/role-needs.ts';
import { oncePerScope } from '../query/once-per-scope.ts';
import type { Scope } from '../query/scope.ts';
import { scratchWholes } from '../scratch.ts';
import { SIGNALS } from '../signal.ts';

const BACK = SIGNALS.expired | SIGNALS.revoked;

/** From when to when somebody had a skill at a level: begins and ends, in turns. */
type Held = readonly number[];

/** When a row's person first had everything that is needed at one and the same time; NaN for never. */
export const firstWithAll = (
  scope: Scope,
  person: (row: number) => number,
  needsOf: (row: number) => readonly Need[],
): Moment => {
  const held = heldBy(scope);
  return (row) => firstCommon(needsOf(row).map(({ skill, level }) => held(person(row), skill, level)));
};

/** A skill is had from the first evidence of the level on until it is taken back. */
const heldBy = (scope: Scope) => {
  const { world, asOf } = scope;
  const { skills, log } = world;
  const { table } = skills;
  const next = oncePerScope(scope, 'next evidence', () => nextEvidence(table));
  const time = (row: number): number => log.facts.time[(table.fact[row] as number) - 1] as number;
  const isSeen = (row: number): boolean => row !== 0 && time(row) <= asOf;
  const isBack = (row: number): boolean =>
    ((log.facts.signals[(table.fact[row] as number) - 1] as number) & BACK) !== 0;
  const turns = (row: number, isHeld: boolean, level: number): boolean =>
    isHeld ? isBack(row) : !isBack(row) && (table.level[row] as number) >= level;
  return (person: number, skill: number, level: number): Held => {
    const head = skills.find(person, skill, 0);
    const held: number[] = [];
    if (head === -1) return held;
    for (let row = next[head] as number; isSeen(row); row = next[row] as number)
      if (turns(row, held.length % 2 === 1, level)) held.push(time(row));
    return held;
  };
};

type Table = Scope['world']['skills']['table'];

/** By row, the next piece of evidence of the same person and skill: rows of evidence are made in its order. 0 ends. */
const nextEvidence = ({ rows, fact, head }: Table): Uint32Array => {
  const next = scratchWholes(rows);
  const last = scratchWholes(rows);
  for (let row = 0; row < rows; row += 1) {
    if (fact[row] === 0) continue;
    const first = head[row] as number;
    next[last[first] === 0 ? first : (last[first] as number)] = row;
    last[first] = row;
  }
  return next;
};

/** The first begin of any at which all the others are held. */
const firstCommon = (all: readonly Held[]): number => {
  let time = Math.max(...all.map(([begin = Number.POSITIVE_INFINITY]) => begin));
  while (Number.isFinite(time)) {
    const next = Math.max(...all.map((held) => heldFrom(held, time)));
    if (next === time) return time;
    time = next;
  }
  return Number.NaN;
};

/** The first moment from a time on at which it is held. */
const heldFrom = (held: Held, time: number): number => {
  for (let at = 0; at < held.length; at += 2) {
    const end = held[at + 1] ?? Number.POSITIVE_INFINITY;
    if (end > time) return Math.max(time, held[at] as number);
  }
  return Number.POSITIVE_INFINITY;
};
