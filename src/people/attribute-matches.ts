import type { AttributeRule, Operator } from './rule.ts';

const NUMBER = /^-?\d+(\.\d+)?$/;

/** Below, at or above 0: as numbers if both are, else by UTF-16 code units, in which days are in their order. */
const compare = (one: string, other: string): number => {
  if (NUMBER.test(one) && NUMBER.test(other)) return Number(one) - Number(other);
  return one === other ? 0 : one < other ? -1 : 1;
};

const ORDERS: Readonly<Record<Exclude<Operator, 'in' | 'notIn'>, (order: number) => boolean>> = {
  eq: (order) => order === 0,
  ne: (order) => order !== 0,
  lt: (order) => order < 0,
  le: (order) => order <= 0,
  gt: (order) => order > 0,
  ge: (order) => order >= 0,
};

/** Whether an attribute is as a rule has it; one that is not there is only `ne` and `notIn`. */
export const attributeMatches = ({ op, value }: AttributeRule, found: string | undefined): boolean => {
  if (found === undefined) return op === 'ne' || op === 'notIn';
  if (op === 'in' || op === 'notIn') return value.includes(found) === (op === 'in');
  return typeof value === 'string' && ORDERS[op](compare(found, value));
};
