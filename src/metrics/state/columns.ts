const ARRAYS = {
  f64: Float64Array,
  f32: Float32Array,
  u32: Uint32Array,
  u16: Uint16Array,
  u8: Uint8Array,
} as const;

export type ColumnType = keyof typeof ARRAYS;
type Shape = Readonly<Record<string, ColumnType>>;
type ArrayOf<Type extends ColumnType> = InstanceType<(typeof ARRAYS)[Type]>;
type AnyArray = ArrayOf<ColumnType>;

/** Rows kept as one typed array a column; an array is longer than there are rows, and another one after it has grown. */
export type Columns<Of extends Shape> = {
  /** How many rows there are. */
  rows: number;
  /** Adds a row of zeros and answers its number. */
  add(): number;
  /** Takes rows away again, the last ones. */
  truncate(rows: number): void;
  /** The columns from a row on, as they are now. */
  slice(from: number): Readonly<Record<keyof Of, AnyArray>>;
  /** Adds rows that {@link slice} has cut out. */
  append(slice: Readonly<Record<keyof Of, AnyArray>>): void;
} & { [Name in keyof Of]: ArrayOf<Of[Name]> };

const FIRST = 1024;
/** Little more than is needed: what is reserved counts as much as what is used. */
const GROWTH = 1.4;

export const columns = <const Of extends Shape>(shape: Of): Columns<Of> => {
  const names = Object.keys(shape);
  let room = FIRST;
  const arrays: Record<string, AnyArray> = {};
  const grow = (wanted: number): void => {
    room = Math.max(wanted, Math.ceil(room * GROWTH));
    for (const name of names) {
      const before = arrays[name];
      const array = new ARRAYS[shape[name] as ColumnType](room);
      if (before !== undefined) array.set(before);
      arrays[name] = array;
      table[name] = array;
    }
  };
  const table: Record<string, unknown> & { rows: number } = {
    rows: 0,
    add: () => {
      if (table.rows === room) grow(room + 1);
      table.rows += 1;
      return table.rows - 1;
    },
    truncate: (rows: number) => {
      for (const name of names) arrays[name]?.fill(0, rows, table.rows);
      table.rows = rows;
    },
    slice: (from: number) =>
      Object.fromEntries(names.map((name) => [name, (arrays[name] as AnyArray).slice(from, table.rows)])),
    append: (slice: Record<string, AnyArray>) => {
      const added = slice[names[0] as string]?.length ?? 0;
      if (table.rows + added > room) grow(table.rows + added);
      for (const name of names) (arrays[name] as AnyArray).set(slice[name] as AnyArray, table.rows);
      table.rows += added;
    },
  };
  grow(FIRST);
  return table as unknown as Columns<Of>;
};
