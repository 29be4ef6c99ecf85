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
    /** It is in no row any more, if it ever was. */
    leave: (fact: number): void => {
      if (fact < rows.rows) rows.row[fact] = 0;
    },
  };
};
