import { Counter, Gauge, type Registry } from 'prom-client';
import type { SeenTarget } from '../forwarding/forwards.ts';
import type { StoreFigures } from '../statements/store-figures.ts';
import type { Admissions } from './admissions.ts';

/** What is looked up when somebody asks. */
export type Sampled = {
  readonly store: StoreFigures;
  /** Bytes of bodies that are held. */
  readonly heldBytes: number;
  /** Bytes of large answers that nobody has read yet. */
  readonly unreadBytes: number;
  readonly isStopping: boolean;
  readonly admissions: Admissions;
  readonly forwards: readonly SeenTarget[];
};

const together = ({ writes, reads }: Admissions) => ({
  active: writes.figures().active + reads.figures().active,
  waiting: writes.figures().waiting + reads.figures().waiting,
});

/** Each with what it is, and how it is read. */
const GAUGES: readonly (readonly [name: string, help: string, read: (now: Sampled) => number])[] = [
  ['cairn_statements', 'Statements in the store, voided ones too.', ({ store }) => store.statements],
  ['cairn_log_position', 'The last durable position of the log.', ({ store }) => store.head],
  [
    'cairn_last_stored_timestamp_seconds',
    'When the last entry was stored.',
    ({ store }) => store.lastStored / 1e6,
  ],
  [
    'cairn_consistent_through_timestamp_seconds',
    'What Consistent-Through answers; behind now by a second or so, unless the store cannot write.',
    ({ store }) => store.consistentThrough / 1e6,
  ],
  [
    'cairn_commit_queue_waiting',
    'Requests that wait for their commit to begin.',
    ({ store }) => store.queue.waiting,
  ],
  [
    'cairn_requests_under_way',
    'Requests that are being dealt with.',
    ({ admissions }) => together(admissions).active,
  ],
  [
    'cairn_requests_waiting',
    'Requests that wait for their turn.',
    ({ admissions }) => together(admissions).waiting,
  ],
  [
    'cairn_connections_resting',
    'Connections that are not read for a while, because too many requests were turned away.',
    ({ admissions }) => admissions.resting(),
  ],
  ['cairn_commit_queue_under_way', 'Commits that have begun.', ({ store }) => store.queue.underWay],
  [
    'cairn_index_lag_entries',
    'Entries that are in the log and in memory, but not yet in the index on disk.',
    ({ store }) => store.head - store.index.flushed,
  ],
  [
    'cairn_index_backlog',
    'Slices of the index that wait to be written; two or more for long mean that it falls behind.',
    ({ store }) => store.index.backlog,
  ],
  [
    'cairn_body_bytes_held',
    'Bytes of bodies of requests that are held in memory.',
    ({ heldBytes }) => heldBytes,
  ],
  [
    'cairn_answer_bytes_unread',
    'Bytes of large answers that have not been read yet.',
    ({ unreadBytes }) => unreadBytes,
  ],
  [
    'cairn_stopping',
    '1 while it answers what is under way and takes no more.',
    ({ isStopping }) => Number(isStopping),
  ],
];

/** Of each LRS that statements are sent on to. */
const TARGET_GAUGES: readonly (readonly [string, string, (target: SeenTarget) => number])[] = [
  [
    'cairn_forward_behind_entries',
    'Entries of the log that have still to be sent on, or passed over.',
    ({ behind }) => behind,
  ],
  [
    'cairn_forward_dead_letters',
    'Statements that the target has refused; they wait for somebody to look at them.',
    ({ deadLetters }) => deadLetters,
  ],
  [
    'cairn_forward_failures',
    'How often in a row the target has taken nothing; 0 when all is well.',
    ({ failing }) => failing?.failures ?? 0,
  ],
];

/** What is looked up whenever somebody asks, unlike what is counted. */
export const sampledMetrics = (registry: Registry): ((now: Sampled) => void) => {
  const registers = [registry];
  const gauges = GAUGES.map(([name, help, read]) => ({
    gauge: new Gauge({ name, help, registers }),
    read,
  }));
  const files = new Gauge({
    name: 'cairn_file_bytes',
    help: 'The size of the files of the store; those that end in -wal are write-ahead logs.',
    labelNames: ['file'],
    registers,
  });
  const targets = TARGET_GAUGES.map(([name, help, read]) => ({
    gauge: new Gauge({ name, help, labelNames: ['target'], registers }),
    read,
  }));
  const turnedAway = new Counter({
    name: 'cairn_requests_turned_away_total',
    help: 'Requests since the start that were answered 503 before anything of them was looked at.',
    registers,
  });
  return (now) => {
    turnedAway.reset();
    turnedAway.inc(now.admissions.turnedAway());
    for (const { gauge, read } of targets)
      for (const target of now.forwards) gauge.set({ target: target.name }, read(target));
    for (const { gauge, read } of gauges) gauge.set(read(now));
    for (const [file, size] of Object.entries(now.store.files)) files.set({ file }, size);
  };
};
