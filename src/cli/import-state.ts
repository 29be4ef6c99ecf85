import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** How far an import has come: everything up to `read` is durable. */
export type ImportState = {
  /** Elements of the source. */
  readonly read: number;
  readonly stored: number;
  readonly known: number;
  readonly refused: number;
  /** Attachments that came; they are stored with the statements that name them. */
  readonly attachments: number;
  /** The attachments, by sha2, that had come and that no statement had named. */
  readonly waiting: readonly string[];
};

const START: ImportState = { read: 0, stored: 0, known: 0, refused: 0, attachments: 0, waiting: [] };

/** Where the state of one import is kept, so that the same command goes on after it was interrupted. */
export type ImportMemory = {
  recall(): Promise<ImportState>;
  keep(state: ImportState): Promise<void>;
  forget(): Promise<void>;
};

/** In the data folder, under what the import is; without an identity nothing is kept. */
export const importMemory = (folder: string, identity: string | undefined): ImportMemory => {
  if (identity === undefined) {
    return { recall: async () => START, keep: async () => undefined, forget: async () => undefined };
  }
  const name = createHash('sha256').update(identity).digest('hex').slice(0, 32);
  const path = join(folder, 'imports', `${name}.json`);
  return {
    recall: async () => {
      try {
        return JSON.parse(await readFile(path, 'utf8')) as ImportState;
      } catch {
        return START;
      }
    },
    keep: async (state) => {
      await mkdir(join(folder, 'imports'), { recursive: true, mode: 0o700 });
      await writeFile(`${path}.part`, JSON.stringify(state), { mode: 0o600 });
      await rename(`${path}.part`, path);
    },
    forget: () => rm(path, { force: true }),
  };
};
