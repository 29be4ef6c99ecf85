import { resolve } from 'node:path';
import { keepsTheAttachmentStoreContract } from './attachment-store.contract.ts';
import { keepsTheCredentialStoreContract } from './credential-store.contract.ts';
import { keepsTheDocumentStoreContract } from './document-store.contract.ts';
import { tellsItsFigures } from './figures.contract.ts';
import { keepsTheForwardStoreContract } from './forward-store.contract.ts';
import { keepsTheRecordStoreContract } from './record-store.contract.ts';
import { openFolder } from './sqlite-folder.ts';
import { keepsTheStatementStoreContract } from './statement-store.contract.ts';

keepsTheStatementStoreContract('SQLite', openFolder);
keepsTheAttachmentStoreContract('SQLite', openFolder);
keepsTheDocumentStoreContract('SQLite', openFolder);
keepsTheCredentialStoreContract('SQLite', openFolder);
tellsItsFigures('SQLite', openFolder);
keepsTheForwardStoreContract('SQLite', openFolder);
keepsTheRecordStoreContract('SQLite', openFolder);
/** Every group goes to the thread, which `npm run build` has made, and the index is flushed all the time. */
const threaded = { threads: resolve('dist'), tuning: { largeGroup: 1, manyEntries: 1, flushEvery: 3 } };
keepsTheStatementStoreContract('SQLite with a thread that writes and many flushes', (options) =>
  openFolder({ ...threaded, ...options }),
);
keepsTheRecordStoreContract('SQLite with a thread that writes and many flushes', (options) =>
  openFolder({ ...threaded, ...options }),
);
tellsItsFigures('SQLite with a thread that writes and many flushes', (options) =>
  openFolder({ ...threaded, ...options }),
);
