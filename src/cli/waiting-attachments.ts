import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SentAttachment } from '../statements/statement-store.ts';

/**
 * Attachments that have come and wait for a statement that names them. They wait in files that only the owner can
 * read, so that however many there are they take no memory.
 */
export type WaitingAttachments = {
  /** By sha2 in lower case. */
  has(sha2: string): boolean;
  put(attachment: SentAttachment, line: number): Promise<void>;
  /** Its bytes, for a statement that names it. */
  take(sha2: string): Promise<SentAttachment>;
  /** It has been stored. */
  drop(sha2: string): Promise<void>;
  all(): readonly string[];
  /** Those that no statement has named, by line. */
  unnamed(): readonly { readonly sha2: string; readonly line: number }[];
  close(): Promise<void>;
};

type Waiting = { readonly contentType: string; readonly line: number; isNamed: boolean };

export const waitingAttachments = (): WaitingAttachments => {
  const waiting = new Map<string, Waiting>();
  let folder: string | undefined;
  const pathOf = (sha2: string): string => join(folder as string, sha2);
  return {
    has: (sha2) => waiting.has(sha2),
    put: async ({ sha2, contentType, body }, line) => {
      if (waiting.has(sha2)) return;
      folder ??= await mkdtemp(join(tmpdir(), 'cairn-import-'));
      await writeFile(pathOf(sha2), body, { mode: 0o600 });
      waiting.set(sha2, { contentType, line, isNamed: false });
    },
    take: async (sha2) => {
      const one = waiting.get(sha2) as Waiting;
      one.isNamed = true;
      return { sha2, contentType: one.contentType, body: await readFile(pathOf(sha2)) };
    },
    drop: async (sha2) => {
      if (waiting.delete(sha2)) await rm(pathOf(sha2), { force: true });
    },
    all: () => [...waiting.keys()],
    unnamed: () => [...waiting].flatMap(([sha2, { isNamed, line }]) => (isNamed ? [] : [{ sha2, line }])),
    close: async () => {
      if (folder !== undefined) await rm(folder, { recursive: true, force: true });
    },
  };
};
