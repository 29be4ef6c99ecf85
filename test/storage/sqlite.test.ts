import { openFolder } from './sqlite-folder.ts';
import { keepsTheStatementStoreContract } from './statement-store.contract.ts';

const backends = [
  ['SQLite', {}],
  ['SQLite that flushes after every third entry', { tuning: { flushEvery: 3 } }],
] as const;

for (const [backend, tuning] of backends) {
  const open = (options = {}) => openFolder({ ...tuning, ...options });
  keepsTheStatementStoreContract(backend, open);
}
