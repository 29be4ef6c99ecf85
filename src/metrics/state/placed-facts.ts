import { columns } from './columns.ts';

/** By fact, the row that it was folded into, plus one; of facts that do not count it says nothing. */
export const placedFacts = () => {
  const rows = columns({ row: 'u32' });
  return {
    rows,
    put: (fact: number, row: number): void => {
      while (rows.rows <= fact) rows.add();
      rows.row[fact] = row + 1;
    },
  };
};
