/** A mapping file beside a CSV file, as scripts/demo/observations.mjs describes it. */
export type Mapping = {
  readonly timezone: string;
  readonly id: readonly string[];
  readonly values: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly numbers?: Readonly<Record<string, number>>;
  readonly statement: object;
};

type Row = Readonly<Record<string, string>>;

/** Of a path such as `status.verb`, what the cell stands for. */
const lookUp = ({ values, numbers }: Mapping, row: Row, path: string): unknown => {
  const [column = '', ...inside] = path.split('.');
  const cell = row[column];
  if (cell === undefined) throw new Error(`There is no column ${column}.`);
  const factor = numbers?.[column];
  if (factor !== undefined && cell !== '') return Math.round(Number(cell) * factor * 1e6) / 1e6;
  const listed = values[column];
  if (listed === undefined) return cell;
  if (!(cell in listed)) throw new Error(`${column} is ${cell}`);
  return inside.reduce((value, name) => (value as Record<string, unknown>)[name], listed[cell]);
};

/** Undefined where an empty cell leaves nothing to say. */
const fill = (template: unknown, mapping: Mapping, row: Row): unknown => {
  if (Array.isArray(template)) return template.map((one) => fill(one, mapping, row));
  if (typeof template === 'object' && template !== null) {
    return Object.fromEntries(
      Object.entries(template)
        .map(([name, value]) => [name, fill(value, mapping, row)])
        .filter(([, value]) => value !== undefined),
    );
  }
  if (typeof template !== 'string') return template;
  const whole = /^\{([\w.]+)\}$/.exec(template)?.[1];
  if (whole !== undefined) {
    const value = lookUp(mapping, row, whole);
    return value === '' ? undefined : value;
  }
  const cells = [...template.matchAll(/\{([\w.]+)\}/g)].map(([, path = '']) => lookUp(mapping, row, path));
  if (cells.includes('')) return undefined;
  return template.replace(/\{([\w.]+)\}/g, (_, path) => String(lookUp(mapping, row, path)));
};

/** The statement of a row, without an id; winter time will do for a test. */
export const fillTemplate = (mapping: Mapping, row: Row): Record<string, unknown> => {
  const statement = fill(mapping.statement, mapping, row) as Record<string, unknown>;
  return { ...statement, timestamp: `${statement['timestamp']}:00+01:00` };
};
