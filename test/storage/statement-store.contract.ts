import { tellsConsistentThrough } from './consistent-through.contract.ts';
import { keepsTheRulesOfDescribing } from './describing-statements.contract.ts';
import type { Open } from './opened.ts';
import { keepsTheRulesOfPaging } from './paging-statements.contract.ts';
import { keepsTheRulesOfQuerying } from './querying-statements.contract.ts';
import { keepsTheRulesOfReferences } from './referring-statements.contract.ts';
import { keepsTheRulesOfStoring } from './storing-statements.contract.ts';
import { keepsTheRulesOfVoiding } from './voiding-statements.contract.ts';
import { tellsOfWhatIsStored } from './watching-statements.contract.ts';

/** What every backend's StatementStore has to do. */
export const keepsTheStatementStoreContract = (backend: string, open: Open): void => {
  describe(`statements on ${backend}`, () => {
    keepsTheRulesOfStoring(open);
    keepsTheRulesOfQuerying(open);
    keepsTheRulesOfPaging(open);
    keepsTheRulesOfReferences(open);
    keepsTheRulesOfVoiding(open);
    keepsTheRulesOfDescribing(open);
    tellsConsistentThrough(open);
    tellsOfWhatIsStored(open);
  });
};
