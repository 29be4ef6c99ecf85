import type { RequestHandler, Response } from 'express';
import type { BackupProgress, BackupReport } from '../statements/backup.ts';
import type { ControlStore } from './control-store.ts';
import { readBody } from './read-body.ts';

/** What the server is asked. */
export type BackupMessage = {
  /** An absolute path. */
  readonly target: string;
};

/** One line of the answer; the last one has no progress. */
export type BackupNews =
  | { readonly progress: BackupProgress }
  | { readonly report: BackupReport }
  | { readonly problem: string };

const BODY = { most: 65_536, setBy: 'the length of a path' };

/** Answers line by line how far it has come. It goes on when nobody listens any more. */
export const controlBackup =
  (store: ControlStore): RequestHandler =>
  async (request, response) => {
    response.writeHead(200, { 'Content-Type': 'application/x-ndjson' });
    try {
      const { target } = JSON.parse((await readBody(request, BODY)).toString('utf8')) as BackupMessage;
      const report = await store.backup(target, (progress) => tell(response, { progress }));
      tell(response, { report });
    } catch (error) {
      tell(response, { problem: (error as Error).message });
    }
    response.end();
  };

const tell = (response: Response, news: BackupNews): void => {
  if (!response.destroyed) response.write(`${JSON.stringify(news)}\n`);
};
