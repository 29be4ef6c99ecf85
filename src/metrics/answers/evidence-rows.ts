import { personId } from '../../people/persons.ts';
import type { Position } from '../../statements/statement-query.ts';
import { reject } from '../../xapi/rejection.ts';
import type { EvidenceRow } from '../evidence-answer.ts';
import type { Rows } from '../grains/grain.ts';
import type { Measuring } from '../metric.ts';
import type { MetricRequest } from '../query/query.ts';
import type { Part } from '../query/run-query.ts';
import type { Scope } from '../query/scope.ts';

/** A row whose statements have yet to be looked up. */
export type PlacedRow = Omit<EvidenceRow, 'statements'> & { readonly positions: readonly Position[] };

const MOST = 20_000;

/**
 * The rows that a cell counts, oldest first; those that it leaves out are not among them.
 *
 * @throws Rejection `body-invalid` when there are more than anybody would look through.
 */
export const evidenceRows = (
  { metric, params }: MetricRequest,
  { grain, rows }: Part,
  scope: Scope,
): readonly PlacedRow[] => {
  const judge = metric.judge as ((of: Measuring<object>) => (row: number) => boolean | undefined) | undefined;
  const counts = judge?.({ scope, grain, rows, params });
  const judged = counts === undefined ? rows : rows.filter((row) => counts(row) !== undefined);
  if (judged.length > MOST) {
    const message = `${judged.length.toLocaleString('en')} rows stand behind it; at most ${MOST.toLocaleString('en')} are listed. Narrow the question down.`;
    throw reject('body-invalid', '/query', message);
  }
  const told = tellRow(grain, scope);
  return [...judged]
    .map((row) => ({ row, begin: grain.begin(row) }))
    .sort((a, b) => a.begin - b.begin || a.row - b.row)
    .map(({ row }) => ({
      ...told(row),
      ...(counts === undefined ? {} : { inNumerator: counts(row) === true }),
    }));
};

const tellRow = (grain: Rows, scope: Scope): ((row: number) => PlacedRow) => {
  const { log, people } = scope.world;
  const dimensions = Object.entries(grain.dimensions)
    .filter(([name]) => name !== 'person')
    .map(([name, open]) => ({ name, ...open() }));
  const moments = momentsOf(grain);
  const personOf = (row: number): EvidenceRow['person'] => {
    const number = grain.person(row);
    if (number === 0) return null;
    const term = people.directory.personOf(log.identifiers.text(number));
    const name = people.roster.attributesAt(term, scope.asOf).get('name');
    return { id: personId(term), ...(name === undefined ? {} : { name }) };
  };
  return (row) => ({
    person: personOf(row),
    moments: Object.fromEntries(moments.flatMap(([name, at]) => dated(name, at(row)))),
    values: Object.fromEntries(
      dimensions
        .map(({ name, code, decode }) => [name, decode(code(row))] as const)
        .filter(([, value]) => value !== null),
    ),
    positions: [...new Set(grain.facts(row).map((fact) => log.facts.position[fact] as number))],
  });
};

const momentsOf = ({ begin, moments }: Rows) => {
  const known = Object.entries(moments).filter(([, moment]) => typeof moment === 'function');
  return [['begin', begin] as const, ...known.filter(([name]) => name !== 'begin')];
};

const dated = (name: string, time: number): readonly (readonly [string, string])[] =>
  Number.isFinite(time) ? [[name, new Date(time).toISOString()]] : [];
