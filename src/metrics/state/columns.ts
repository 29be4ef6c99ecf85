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
  /** The columns from a row on, as they are now. */
  slice(from: number): Readonly<Record<keyof Of, AnyArray>>;
  /** Adds rows that {@link slice} has cut out. */
  append(slice: Readonly<Record<keyof Of, AnyArray>>): void;
} & { [Name in keyof Of]: ArrayOf<Of[Name]> };

const FIRST = 1024;
/** Little more than is needed: what is reserved counts as much as what is used. */
const GROWTH = 1.25;

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
  const table = quickObject([...names, 'rows', 'add', 'slice', 'append']);
  const rows = () => table['rows'] as number;
  table['add'] = () => {
    if (rows() === room) grow(room + 1);
    table['rows'] = rows() + 1;
    return rows() - 1;
  };
  table['slice'] = (from: number) =>
    Object.fromEntries(names.map((name) => [name, (arrays[name] as AnyArray).slice(from, rows())]));
  table['append'] = (slice: Record<string, AnyArray>) => {
    const added = slice[names[0] as string]?.length ?? 0;
    if (rows() + added > room) grow(rows() + added);
    for (const name of names) (arrays[name] as AnyArray).set(slice[name] as AnyArray, rows());
    table['rows'] = rows() + added;
  };
  grow(FIRST);
  return table as unknown as Columns<Of>;
};

/** V8 makes a slow table of an object that gets a dozen members by computed names, but not of one that was read as JSON. */
const quickObject = (names: readonly string[]): Record<string, unknown> =>
  JSON.parse(JSON.stringify(Object.fromEntries(names.map((name) => [name, 0]))));
