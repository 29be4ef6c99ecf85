import { keepsTheAttachmentStoreContract } from './attachment-store.contract.ts';
import { keepsTheCredentialStoreContract } from './credential-store.contract.ts';
import { keepsTheDocumentStoreContract } from './document-store.contract.ts';
import { openFolder } from './sqlite-folder.ts';
import { keepsTheStatementStoreContract } from './statement-store.contract.ts';

keepsTheStatementStoreContract('SQLite', openFolder);
keepsTheAttachmentStoreContract('SQLite', openFolder);
keepsTheDocumentStoreContract('SQLite', openFolder);
keepsTheCredentialStoreContract('SQLite', openFolder);
keepsTheStatementStoreContract('SQLite that flushes after every third entry', (options) =>
  openFolder({ tuning: { flushEvery: 3 }, ...options }),
);
