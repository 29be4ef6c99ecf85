import { personId } from '../../people/persons.ts';
import type { Position } from '../../statements/statement-query.ts';
import { reject } from '../../xapi/rejection.ts';
import type { EvidenceRow } from '../evidence-answer.ts';
import type { Rows } from '../grains/grain.ts';
import type { Judged } from '../judged.ts';
import type { Measuring } from '../metric.ts';
import type { Part } from '../query/answer-rows.ts';
import type { MetricRequest } from '../query/query.ts';
import type { Scope } from '../query/scope.ts';

/** A row whose statements have yet to be looked up. */
export type PlacedRow = Omit<EvidenceRow, 'statements'> & { readonly positions: readonly Position[] };

const MOST = 50_000;

/** One of what a cell counts: a row of the grain, or several that count as one. */
type Counted = { readonly rows: readonly number[]; readonly num?: number; readonly of?: number };

/**
 * What a cell counts, oldest first; rows that it leaves out are not among them.
 *
 * @throws Rejection `body-invalid` when there is more than anybody would look through.
 */
export const evidenceRows = (
  { metric, params }: MetricRequest,
  { grain, rows }: Part,
  scope: Scope,
): readonly PlacedRow[] => {
  const of = { scope, grain, rows, params };
  const { judge, counted, proof } = metric as Asked;
  const all = judge === undefined ? single(counted?.(of) ?? rows) : together(judge(of), rows);
  const told = tellRow(grain, scope, proof?.(of));
  const begin = ({ rows: [first = 0] }: Counted): number => grain.begin(first);
  return all
    .map((one) => ({ ...one, rows: [...one.rows].sort((a, b) => grain.begin(a) - grain.begin(b) || a - b) }))
    .sort((a, b) => begin(a) - begin(b) || (a.rows[0] as number) - (b.rows[0] as number))
    .map(({ rows: those, num, of: den }) => ({
      ...told(those),
      ...(num === undefined ? {} : { inNumerator: num > 0 }),
      ...(num === undefined || den === undefined ? {} : { num, den }),
    }));
};

type Asked = {
  judge?(of: Measuring<object>): Judged;
  counted?(of: Measuring<object>): Uint32Array;
  proof?(of: Measuring<object>): (row: number) => readonly number[];
};

const single = (rows: Uint32Array): readonly Counted[] => {
  checkCount(rows.length);
  return Array.from(rows, (row) => ({ rows: [row] }));
};

const together = ({ num, of, units: unitsOf }: Judged, rows: Uint32Array): readonly Counted[] => {
  checkCount(num.length);
  const unit = unitsOf();
  const units = Array.from(num, (one, at) => ({
    rows: [] as number[],
    num: one,
    ...(of === undefined ? {} : { of: of[at] as number }),
  }));
  for (let at = 0; at < rows.length; at += 1)
    if (unit[at] !== 0) units[(unit[at] as number) - 1]?.rows.push(rows[at] as number);
  return units;
};

const checkCount = (count: number): void => {
  if (count <= MOST) return;
  const message = `${count.toLocaleString('en')} rows stand behind it; at most ${MOST.toLocaleString('en')} are listed. Narrow the question down.`;
  throw reject('body-invalid', '/query', message);
};

/** Of several rows that count as one the oldest is told, and the statements of all. */
const tellRow = (
  grain: Rows,
  scope: Scope,
  proof: (row: number) => readonly number[] = () => [],
): ((rows: readonly number[]) => PlacedRow) => {
  const { log, people } = scope.world;
  const { position, time } = log.facts;
  const dimensions = Object.entries(grain.dimensions)
    .filter(([name]) => name !== 'person')
    .map(([name, open]) => ({ name, ...open() }))
    // Of several values at once, such as all managers above, a row tells none: the direct one stands beside them.
    .filter(({ members }) => members === undefined);
  const moments = momentsOf(grain);
  const personOf = (row: number): EvidenceRow['person'] => {
    const number = grain.person(row);
    if (number === 0) return null;
    const term = people.directory.personOf(log.identifiers.text(number));
    const name = people.roster.attributesAt(term, scope.asOf).get('name');
    return { id: personId(term), ...(name === undefined ? {} : { name }) };
  };
  const factsOf = (row: number): readonly number[] =>
    [...grain.facts(row), ...proof(row)].filter((fact) => (time[fact] as number) <= scope.asOf);
  return (rows) => {
    const row = rows[0] as number;
    return {
      person: personOf(row),
      moments: Object.fromEntries(moments.flatMap(([name, at]) => dated(name, at(row)))),
      values: Object.fromEntries(
        dimensions
          .map(({ name, code, decode }) => [name, decode(code(row))] as const)
          .filter(([, value]) => value !== null),
      ),
      positions: [...new Set(rows.flatMap(factsOf).map((fact) => position[fact] as number))],
    };
  };
};

const momentsOf = ({ begin, moments }: Rows) => {
  const known = Object.entries(moments).filter(([, moment]) => typeof moment === 'function');
  return [['begin', begin] as const, ...known.filter(([name]) => name !== 'begin')];
};

const dated = (name: string, time: number): readonly (readonly [string, string])[] =>
  Number.isFinite(time) ? [[name, new Date(time).toISOString()]] : [];
