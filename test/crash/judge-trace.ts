import { type Act, actOf } from './act-of-call.ts';
import type { Call } from './read-trace.ts';
import { watchedDisk } from './watched-disk.ts';

/** What is known of a request that was sent while the server was watched. */
export type Watched = {
  /** Stands in its query, so that it is found in the trace. */
  readonly tag: string;
  /** Whether it changes what is stored; a statement that is there already does not. */
  readonly changes: boolean;
  /** sha2 of the attachments that came with it and are kept as files. */
  readonly files: readonly string[];
};

export type Verdict = {
  readonly violations: readonly string[];
  /** Answers of 200 and 204 to watched requests. */
  readonly answers: number;
  /** Writes to the log's own file, which SQLite makes when it empties its write-ahead log. */
  readonly writesToLog: number;
};

/** What is to happen at a line of the trace. */
type Moment = { readonly at: number; readonly happen: () => void };

/**
 * Holds every good answer to a watched request against what had been synced when it left: nothing written to the log
 * before it may be unsynced; what the request itself changed was written after it had come and synced before it was
 * answered; its attachments and the folders that name them are synced.
 *
 * A write counts from where it began, a sync from where it began to where it ended, an answer where it began.
 *
 * @param data the data folder, absolute, as it did not exist before
 */
export const judgeTrace = (calls: readonly Call[], data: string, watched: readonly Watched[]): Verdict => {
  const disk = watchedDisk();
  const log = `${data}/log.db`;
  const wal = `${log}-wal`;
  const known = new Map(watched.map((one) => [one.tag, one]));
  const underWay = new Map<string, { readonly request: Watched; syncs: number }>();
  const violations: string[] = [];
  let answers = 0;
  let writesToLog = 0;
  let walIsWritten = false;

  const receive = (socket: string, tag: string): void => {
    const request = known.get(tag);
    if (request !== undefined) underWay.set(socket, { request, syncs: 0 });
  };

  const answer = (socket: string, status: number): void => {
    const exchange = underWay.get(socket);
    underWay.delete(socket);
    if (exchange === undefined || (status !== 200 && status !== 204)) return;
    answers += 1;
    const { request, syncs } = exchange;
    const files = request.files.map((sha2) => `${data}/attachments/${sha2.slice(0, 2)}/${sha2}`);
    const lost = new Set([log, wal, ...files].flatMap((file) => disk.unsynced(file, data)));
    for (const what of lost) violations.push(`${request.tag} was answered before ${what} was synced`);
    if (!request.changes || syncs > 0) return;
    violations.push(`${request.tag} was answered, but no log was written and synced for it`);
  };

  const write = (path: string): void => {
    disk.write(path);
    if (path === log) writesToLog += 1;
    if (path === wal) walIsWritten = true;
  };

  const synced = (path: string): void => {
    if (path !== wal || !walIsWritten) return;
    walIsWritten = false;
    for (const exchange of underWay.values()) exchange.syncs += 1;
  };

  const momentsOf = (act: Act, { begun, ended }: Call): readonly Moment[] => {
    switch (act.kind) {
      case 'receive':
        return [{ at: ended, happen: () => receive(act.socket, act.tag) }];
      case 'answer':
        return [{ at: begun, happen: () => answer(act.socket, act.status) }];
      case 'write':
        return [{ at: begun, happen: () => write(act.path) }];
      case 'appear':
        return [{ at: begun, happen: () => disk.appear(act.path) }];
      case 'rename':
        return [{ at: begun, happen: () => disk.rename(act.from, act.path) }];
      case 'sync': {
        let end = () => {};
        const done = () => {
          if (!act.succeeded) return;
          end();
          synced(act.path);
        };
        const begin = () => {
          end = disk.sync(act.path);
        };
        return [
          { at: begun, happen: begin },
          { at: ended, happen: done },
        ];
      }
    }
  };

  const moments = calls.flatMap((call) => actOf(call, data).flatMap((act) => momentsOf(act, call)));
  for (const { happen } of moments.sort((a, b) => a.at - b.at)) happen();
  return { violations, answers, writesToLog };
};
