import type { Answer, Cell, Column, DimensionValue } from '../metrics/views.ts';

/** An answer as a table for people: each figure with what it is of, and its interval. */
export const answerTable = ({ columns, rows, totals, page, meta }: Answer): string => {
  const width = columns.filter(({ type }) => type === 'dimension' || type === 'time').length;
  const lines = [
    columns.map(({ name }) => name),
    ...rows.map((row) => row.map((value, at) => fieldOf(columns[at] as Column, value))),
    ...(totals === undefined ? [] : [totalsLine(columns, width, totals)]),
  ];
  const more =
    page.next === null ? [] : [`… and ${page.total - rows.length} more rows; --json or the API has them.`];
  return [...aligned(lines), ...more, '', footOf(meta)].join('\n');
};

const totalsLine = (
  columns: readonly Column[],
  width: number,
  totals: readonly (Cell | null)[],
): string[] => [
  ...columns.slice(0, width).map((_, at) => (at === 0 ? 'all' : '')),
  ...totals.map((cell, at) => fieldOf(columns[width + at] as Column, cell)),
];

const footOf = ({
  asOf,
  seq,
  behind,
  completeThrough: { min, laggards },
  definitions,
}: Answer['meta']): string =>
  [
    `${definitions.join(', ')}, as of ${asOf}, from everything up to position ${seq}`,
    ...(behind > 0 ? [`${behind} entries behind`] : []),
    ...(min === null ? [] : [`complete through ${min}`]),
    ...(laggards.length > 0 ? [`held back by ${laggards.join(', ')}`] : []),
  ].join('; ');

const aligned = (lines: readonly (readonly string[])[]): readonly string[] => {
  const widths = (lines[0] ?? []).map((_, at) => Math.max(...lines.map((line) => (line[at] ?? '').length)));
  return lines.map((line) =>
    line
      .map((field, at) => field.padEnd(widths[at] ?? 0))
      .join('  ')
      .trimEnd(),
  );
};

const fieldOf = ({ type, unit = '' }: Column, value: DimensionValue | Cell | undefined): string => {
  if (type !== 'dimension' && type !== 'time') return figureOf(value as Cell | null, unit);
  if (value === null || value === undefined) return '–';
  const { name, id } = (typeof value === 'object' ? value : {}) as {
    readonly name?: string;
    readonly id?: string;
  };
  return String(name ?? id ?? value).replaceAll(/\p{Cc}/gu, '?');
};

const figureOf = (cell: Cell | null, unit: string): string => {
  if (cell === null || cell === undefined) return '–';
  if (cell.suppressed === true) return 'hidden';
  const show = unit === '1' ? percent : plain;
  const value = cell.value === null ? '–' : show(cell.value);
  const beside = besideOf(cell as Readonly<Record<string, unknown>>, show);
  return beside.length === 0 ? value : `${value} (${beside.join(', ')})`;
};

/** What a figure is of, and its interval. */
const besideOf = (
  { num, den, n, ci }: Readonly<Record<string, unknown>>,
  show: (value: number) => string,
): readonly string[] => {
  const interval = ci as { readonly lo: number; readonly hi: number } | null | undefined;
  return [
    ...(typeof den === 'number' ? [`${num}/${den}`] : []),
    ...(typeof n === 'number' ? [`n=${n}`] : []),
    ...(interval == null ? [] : [`${show(interval.lo)}–${show(interval.hi)}`]),
  ];
};

/** Only what is all prints 100 %, and only what is nothing 0 %. */
export const percent = (value: number): string => {
  const tenths = Math.round(Math.abs(value) * 1000);
  const isPart = Math.abs(value) > 0 && Math.abs(value) < 1;
  const shown = isPart ? (Math.min(999, Math.max(1, tenths)) / 10).toFixed(1) : String(tenths / 10);
  return `${value < 0 ? '-' : ''}${shown} %`;
};

const plain = (value: number): string =>
  Number.isInteger(value) ? value.toLocaleString('en') : String(Number(value.toPrecision(4)));
