import type {
  DeadLetter,
  ForwardCursor,
  ForwardProgress,
  ForwardStore,
  Letters,
} from '../../forwarding/forward-store.ts';
import type { CommitQueue } from './commit-queue.ts';
import type { Database, Row } from './database.ts';

export const sqliteForwards = (database: Database, queue: CommitQueue): ForwardStore => {
  const cursor = database.prepare('select position, last_success from forward_cursor where target=?');
  const count = database.prepare('select count(*) as count from dead_letter where target=?');
  const letters = database.prepare(
    'select * from dead_letter where target=? and position>? order by position limit ?',
  );
  const marked = database.prepare(
    'select * from dead_letter where target=? and again=1 order by position limit ?',
  );
  const write = progressWriter(database);

  const counting =
    (one: string, all: string) =>
    (target: string, which: Letters): Promise<number> => {
      const [ofOne, ofAll] = [database.prepare(one), database.prepare(all)];
      return queue.add(() => {
        const changed = (rows: Row | undefined) => Number(rows?.['changes']);
        if (which === 'all') return changed(ofAll.run(target) as Row);
        const ids = new Set(which.map((id) => id.toLowerCase()));
        return [...ids].reduce((sum, id) => sum + changed(ofOne.run(target, id) as Row), 0);
      }, 'rows');
    };

  return {
    cursor: (target) => {
      const row = cursor.get(target);
      return row === undefined ? undefined : cursorOf(row);
    },
    keep: (target, progress) => queue.add(() => write(target, progress), 'rows'),
    countDeadLetters: (target) => Number(count.get(target)?.['count']),
    deadLetters: (target, after, limit) => letters.all(target, after, limit).map(letterOf),
    marked: (target, limit) => marked.all(target, limit).map(letterOf),
    mark: counting(
      'update dead_letter set again=1 where target=? and statement=?',
      'update dead_letter set again=1 where target=?',
    ),
    discard: counting(
      'delete from dead_letter where target=? and statement=?',
      'delete from dead_letter where target=?',
    ),
  };
};

const progressWriter = (database: Database): ((target: string, progress: ForwardProgress) => void) => {
  const put = database.prepare('insert or replace into forward_cursor values(?,?,?)');
  const add = database.prepare('insert or replace into dead_letter values(?,?,?,?,?,?,?,0)');
  const change = database.prepare(
    'update dead_letter set status=?, answer=?, attempts=?, refused=?, again=0 where target=? and position=?',
  );
  const remove = database.prepare('delete from dead_letter where target=? and position=?');
  return (target, { cursor, refused = [], refusedAgain = [], settled = [] }) => {
    put.run(target, cursor.position, cursor.lastSuccess ?? null);
    for (const { position, statementId, status, answer, attempts, refused: at } of refused) {
      add.run(target, position, statementId, status, answer, attempts, at);
    }
    for (const { position, status, answer, attempts, refused: at } of refusedAgain) {
      change.run(status, answer, attempts, at, target, position);
    }
    for (const position of settled) remove.run(target, position);
  };
};

const cursorOf = (row: Row): ForwardCursor => ({
  position: Number(row['position']),
  ...(row['last_success'] === null ? {} : { lastSuccess: Number(row['last_success']) }),
});

const letterOf = (row: Row): DeadLetter => ({
  position: Number(row['position']),
  statementId: String(row['statement']),
  status: Number(row['status']),
  answer: String(row['answer']),
  attempts: Number(row['attempts']),
  refused: Number(row['refused']),
});
