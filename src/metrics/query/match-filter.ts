import type { Dimension } from '../grains/grain.ts';
import { roughWholes, scratchBytes } from '../scratch.ts';
import type { DimensionValue } from '../views.ts';
import { codesOf } from './over-rows.ts';
import type { Filter, FilterValue } from './query.ts';

type DimensionNamed = (name: string) => Dimension;
type Leaf = Extract<Filter, { readonly dim: string }>;

/** The rows that a filter means. `dimension` gives one that is known to be there. */
export const matchFilter = (rows: Uint32Array, filter: Filter, dimension: DimensionNamed): Uint32Array => {
  if ('and' in filter)
    return filter.and.reduce((some, one): Uint32Array => matchFilter(some, one, dimension), rows);
  const bits = bitsIn(rows, filter, dimension);
  const found = roughWholes(rows.length);
  let n = 0;
  for (let at = 0; at < rows.length; at += 1) {
    // Written whether or not it is one of them: that costs less than to ask.
    found[n] = rows[at] as number;
    n += bits[at] as number;
  }
  return found.subarray(0, n);
};

/** By the place of a row, 1 if it is meant. */
const bitsIn = (rows: Uint32Array, filter: Filter, dimension: DimensionNamed): Uint8Array => {
  if ('dim' in filter) return bitsOfLeaf(rows, filter, dimension(filter.dim));
  if ('not' in filter) return bitsIn(rows, filter.not, dimension).map((bit) => 1 - bit);
  const isAnd = 'and' in filter;
  const parts = (isAnd ? filter.and : filter.or).map((one) => bitsIn(rows, one, dimension));
  const [bits = scratchBytes(rows.length).fill(isAnd ? 1 : 0), ...others] = parts;
  for (const other of others) setWhere(bits, other, isAnd ? 0 : 1);
  return bits;
};

const setWhere = (bits: Uint8Array, others: Uint8Array, bit: number): void => {
  for (let at = 0; at < bits.length; at += 1) if (others[at] === bit) bits[at] = bit;
};

/** Of so many codes it is kept in a table how they are judged. */
const TABLE = 1 << 16;

/** Each code is judged once. */
const bitsOfLeaf = (rows: Uint32Array, leaf: Leaf, dimension: Dimension): Uint8Array => {
  const codes = codesOf(rows, dimension);
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
  const bits = scratchBytes(rows.length);
  for (let at = 0; at < codes.length; at += 1) {
    const number = codes[at] as number;
    const known = number < TABLE ? table[number] : 0;
    bits[at] = (known === 0 ? judgeOnce(number) : known === 2) ? 1 : 0;
  }
  return bits;
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
