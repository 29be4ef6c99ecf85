import type { Open } from './opened.ts';
import { keepsTheRulesOfStoring } from './storing-statements.contract.ts';

/** What every backend's StatementStore has to do. */
export const keepsTheStatementStoreContract = (backend: string, open: Open): void => {
  describe(`statements on ${backend}`, () => {
    keepsTheRulesOfStoring(open);
  });
};
