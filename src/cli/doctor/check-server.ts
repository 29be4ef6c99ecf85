import type { ServerStatus } from '../server-status.ts';
import { bad, type Finding, ok, warn } from './finding.ts';

/** What the running server says of itself; undefined when none answers. `inUse` is whether anybody holds the store. */
export const judgeServer = (status: ServerStatus | undefined, inUse: boolean): readonly Finding[] => {
  if (status !== undefined) return [judgeState(status), judgeFaults(status), judgeBacklog(status)];
  if (!inUse) return [ok('server', 'None is running on this store.')];
  return [
    bad(
      'server',
      'A process holds the store and does not answer.',
      'It is a command that has the store to itself, or a server that hangs: look for it with ps, and for its log.',
    ),
  ];
};

const judgeState = ({ state, version, pid }: ServerStatus): Finding => {
  const told = `Cairn ${version} is running as process ${pid}`;
  if (state === 'running') return ok('server', `${told}.`);
  if (state === 'stopping') return warn('server', `${told}, and is about to stop.`, 'Wait until it has.');
  return bad(
    'server',
    `${told}, and could not write.`,
    'Its log says why; look at the disk, then start it again.',
  );
};

const judgeFaults = ({ problems: { faults, lastFault }, uptimeSeconds }: ServerStatus): Finding => {
  if (lastFault === undefined) return ok('faults', `None in ${uptimeSeconds} s.`);
  const message = `${faults} since its start ${uptimeSeconds} s ago, the last at ${lastFault.at}.`;
  return warn('faults', message, `Look in its log for the request ${lastFault.requestId}.`);
};

/** So many slices wait at most as long as the index keeps up. */
const MOST_SLICES = 8;

const judgeBacklog = ({ index: { backlog, behind } }: ServerStatus): Finding =>
  backlog <= MOST_SLICES
    ? ok('backlog', `${behind} entries are not in the index on disk yet.`)
    : warn(
        'backlog',
        `${backlog} slices of the index wait for the disk.`,
        'The disk is too slow for what comes in.',
      );
