import type { Dimension } from '../grains/grain.ts';
import { scratchBytes } from '../scratch.ts';
import type { DimensionValue } from '../views.ts';
import type { Filter, FilterValue } from './query.ts';

type Leaf = Extract<Filter, { readonly dim: string }>;

/** Whether a row is meant by a filter. `dimension` gives one that is known to be there. */
export const matchFilter = (
  filter: Filter,
  dimension: (name: string) => Dimension,
): ((row: number) => boolean) => {
  if ('and' in filter) {
    const all = filter.and.map((one) => matchFilter(one, dimension));
    return (row) => all.every((is) => is(row));
  }
  if ('or' in filter) {
    const some = filter.or.map((one) => matchFilter(one, dimension));
    return (row) => some.some((is) => is(row));
  }
  if ('not' in filter) {
    const is = matchFilter(filter.not, dimension);
    return (row) => !is(row);
  }
  return matchLeaf(filter, dimension(filter.dim));
};

/** Of so many codes it is kept in a table how they are judged. */
const TABLE = 1 << 16;

/** Each code is judged once. */
const matchLeaf = (leaf: Leaf, dimension: Dimension): ((row: number) => boolean) => {
  const { code } = dimension;
  const judge = codeJudge(leaf, dimension);
  /** 1 is not meant, 2 is. */
  const table = scratchBytes(TABLE);
  const judged = new Map<number, boolean>();
  const judgeOnce = (number: number): boolean => {
    const is = judged.get(number) ?? judge(number);
    if (number < TABLE) table[number] = is ? 2 : 1;
    else judged.set(number, is);
    return is;
  };
  return (row) => {
    const number = code(row);
    const known = number < TABLE ? table[number] : 0;
    return known === 0 ? judgeOnce(number) : known === 2;
  };
};

const EQUALS: ReadonlySet<Leaf['op']> = new Set(['eq', 'in', 'ne', 'notIn']);

/** Where codes can be told of what is asked for, nothing has to be looked up for every other one. */
const codeJudge = (leaf: Leaf, dimension: Dimension): ((code: number) => boolean) => {
  const { op, values } = leaf;
  const { codeOf, members } = dimension;
  const ids = values.filter((value) => typeof value === 'string');
  const isNull = values.includes(null);
  const areIds = ids.length + (isNull ? 1 : 0) === values.length && EQUALS.has(op);
  if (codeOf === undefined || members !== undefined || !areIds)
    return (code) => judgeCode(leaf, dimension, code);
  const named = new Set(ids.map(codeOf));
  // What nobody has is none of the codes; 0 is none.
  if (isNull) named.add(0);
  else named.delete(0);
  const asksNone = op === 'ne' || op === 'notIn';
  return (code) => named.has(code) !== asksNone;
};

type Judged = Omit<Dimension, 'id'> & { id?(code: number): FilterValue };

/** Of several values one has to be as it is asked for; `ne` and `notIn` ask that none is. */
const judgeCode = (
  leaf: Leaf,
  { decode, id = (one) => plain(decode(one)), members }: Judged,
  code: number,
): boolean => {
  const codes = members === undefined ? [code] : members(code);
  const values = codes.length === 0 ? [null] : codes.map(id);
  const asksNone = leaf.op === 'ne' || leaf.op === 'notIn';
  return asksNone ? values.every((value) => judge(leaf, value)) : values.some((value) => judge(leaf, value));
};

const plain = (value: DimensionValue): FilterValue =>
  typeof value === 'object' && value !== null ? value.id : value;

const judge = ({ op, values }: Leaf, value: FilterValue): boolean => {
  switch (op) {
    case 'known':
      return value !== null;
    case 'unknown':
      return value === null;
    case 'eq':
    case 'in':
      return values.includes(value);
    case 'ne':
    case 'notIn':
      return !values.includes(value);
    default:
      return value !== null && compares(op, value, values[0] as FilterValue);
  }
};

/** Numbers as numbers, everything else as text. */
const compares = (op: 'lt' | 'le' | 'gt' | 'ge', value: FilterValue, than: FilterValue): boolean => {
  const areNumbers = typeof value === 'number' && typeof than === 'number';
  const [a, b] = areNumbers ? [value, than] : [String(value), String(than)];
  if (op === 'lt') return a < b;
  if (op === 'le') return a <= b;
  return op === 'gt' ? a > b : a >= b;
};

/** Every condition in a filter. */
export const leavesIn = (filter: Filter): readonly Leaf[] => {
  if ('dim' in filter) return [filter];
  if ('not' in filter) return leavesIn(filter.not);
  return ('and' in filter ? filter.and : filter.or).flatMap(leavesIn);
};

/** Every dimension that a filter names, with its JSON Pointer in it. */
export const dimensionsIn = (filter: Filter, at: string): readonly { name: string; pointer: string }[] => {
  if ('dim' in filter) return [{ name: filter.dim, pointer: `${at}/dim` }];
  if ('not' in filter) return dimensionsIn(filter.not, `${at}/not`);
  const [key, list] = 'and' in filter ? (['and', filter.and] as const) : (['or', filter.or] as const);
  return list.flatMap((one, index) => dimensionsIn(one, `${at}/${key}/${index}`));
};
