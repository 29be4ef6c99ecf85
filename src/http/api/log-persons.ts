import { nameOf as credentialOf, type Principal } from '../../credentials/principal.ts';
import { isOfPersons } from '../../metrics/is-of-persons.ts';
import type { Answer, DimensionValue } from '../../metrics/views.ts';
import type { EvidenceShown } from '../log.ts';
import type { Services } from '../services.ts';

type Shown = Pick<EvidenceShown, 'definition' | 'queryHash' | 'seq'>;
/** Rows in which somebody is told, and whom. */
type Told = { readonly rows: number; readonly persons: readonly string[] };

/** Leaves a line in the log wherever persons are told, as evidence does. */
export const logPersons = (
  { log }: Pick<Services, 'log'>,
  principal: Principal,
  shown: Shown,
  { rows, persons }: Told,
): void => {
  const distinct = new Set(persons).size;
  if (distinct > 0)
    log.evidenceShown({ credential: credentialOf(principal), ...shown, rows, persons: distinct });
};

/** The same for a page of an answer, whose persons are in dimensions and in lists. */
export const logAnswer = (services: Pick<Services, 'log'>, principal: Principal, answer: Answer): void => {
  const { definitions, queryHash, seq } = answer.meta;
  const places = answer.columns.flatMap(({ type, name }, at) =>
    type === 'dimension' && isOfPersons(name) ? [at] : [],
  );
  const grouped = answer.rows
    .map((row) => places.flatMap((at) => idIn(row[at])))
    .filter((ids) => ids.length > 0);
  const [listed, totals] = [personsListed(answer.rows.flat()), personsListed(answer.totals ?? [])];
  logPersons(
    services,
    principal,
    { definition: definitions.join(', '), queryHash, seq },
    {
      // What is listed of everything is mostly listed by the rows as well.
      rows: Math.max(grouped.length, listed.rows, totals.rows),
      persons: [...grouped.flat(), ...listed.persons, ...totals.persons],
    },
  );
};

/** Whom the items of lists are about. */
export const personsListed = (cells: readonly unknown[]): Told => {
  const persons: string[] = [];
  let rows = 0;
  for (const item of cells.flatMap(itemsOf)) {
    const before = persons.length;
    for (const name in item) if (isOfPersons(name)) persons.push(...idIn(item[name as keyof typeof item]));
    if (persons.length > before) rows += 1;
  }
  return { rows, persons };
};

/** Whom the values of a dimension are. */
export const personsOf = (values: readonly DimensionValue[]): Told => ({
  rows: values.length,
  persons: values.flatMap(idIn),
});

const itemsOf = (cell: unknown): readonly object[] =>
  typeof cell === 'object' && cell !== null && 'items' in cell ? (cell.items as readonly object[]) : [];

const idIn = (value: unknown): readonly string[] =>
  typeof value === 'object' && value !== null && 'id' in value ? [String(value.id)] : [];
