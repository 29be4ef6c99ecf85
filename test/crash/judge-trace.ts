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

type Exchange = {
  readonly request: Watched;
  /** The first commit that can hold what the request changes: none that had begun when it came. */
  readonly first: number;
};

/**
 * Holds every good answer to a watched request against what had been synced when it left: a commit that began after
 * the request had come is synced, if it changes anything, and with it all earlier ones; its attachments are synced,
 * and so are the names of all files. A commit is what is written to the write-ahead log from one sync to the next.
 * Before SQLite begins the write-ahead log anew, the log itself is synced.
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
  const underWay = new Map<string, Exchange>();
  const violations: string[] = [];
  const commits = { begun: 0, synced: 0, isOpen: false };
  let answers = 0;
  let writesToLog = 0;

  const receive = (socket: string, tag: string): void => {
    const request = known.get(tag);
    if (request !== undefined) underWay.set(socket, { request, first: commits.begun + 1 });
  };

  /** What of a request's would not survive at this moment. */
  const unsynced = ({ request, first }: Exchange): readonly string[] => {
    const files = request.files.map((sha2) => `${data}/attachments/${sha2.slice(0, 2)}/${sha2}`);
    const unnamed = new Set([log, wal, ...files].flatMap((file) => disk.losesNames(file, data)));
    return [
      ...files.filter((file) => !disk.keeps(file)).map((file) => `what was written to ${file}`),
      ...[...unnamed].map((path) => `the name of ${path}`),
      ...(request.changes && commits.synced < first ? ['a commit'] : []),
    ];
  };

  const answer = (socket: string, status: number): void => {
    const exchange = underWay.get(socket);
    underWay.delete(socket);
    if (exchange === undefined || (status !== 200 && status !== 204)) return;
    answers += 1;
    const { tag } = exchange.request;
    violations.push(...unsynced(exchange).map((what) => `${tag} was answered before ${what} was synced`));
  };

  const write = (path: string, isHeader: boolean): void => {
    if (path === wal && isHeader && !disk.keeps(log))
      violations.push('the log was not synced before its write-ahead log began anew');
    disk.write(path);
    if (path === log) writesToLog += 1;
    if (path !== wal || isHeader || commits.isOpen) return;
    commits.begun += 1;
    commits.isOpen = true;
  };

  /** Begins a sync and answers its end. */
  const sync = (path: string): (() => void) => {
    const end = disk.sync(path);
    if (path !== wal) return end;
    const { begun } = commits;
    commits.isOpen = false;
    return () => {
      end();
      commits.synced = Math.max(commits.synced, begun);
    };
  };

  const momentsOf = (act: Act, { begun, ended }: Call): readonly Moment[] => {
    switch (act.kind) {
      case 'receive':
        return [{ at: ended, happen: () => receive(act.socket, act.tag) }];
      case 'answer':
        return [{ at: begun, happen: () => answer(act.socket, act.status) }];
      case 'write':
        return [{ at: begun, happen: () => write(act.path, act.isHeader) }];
      case 'appear':
        return [{ at: begun, happen: () => disk.appear(act.path) }];
      case 'rename':
        return [{ at: begun, happen: () => disk.rename(act.from, act.path) }];
      case 'sync':
        return act.succeeded ? lasting(begun, ended, () => sync(act.path)) : [];
    }
  };

  const moments = calls.flatMap((call) => actOf(call, data).flatMap((act) => momentsOf(act, call)));
  for (const { happen } of moments.sort((a, b) => a.at - b.at)) happen();
  return { violations, answers, writesToLog };
};

/** What is to happen at a line of the trace. */
type Moment = { readonly at: number; readonly happen: () => void };

const lasting = (begun: number, ended: number, begin: () => () => void): readonly Moment[] => {
  let end = () => {};
  const happen = () => {
    end = begin();
  };
  return [
    { at: begun, happen },
    { at: ended, happen: () => end() },
  ];
};
