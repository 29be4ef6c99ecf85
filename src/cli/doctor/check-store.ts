import type { Examination } from '../../storage/storage.ts';
import { formatMicros } from '../../xapi/timestamp.ts';
import { bad, type Finding, ok, warn } from './finding.ts';

const RESTORE =
  'Stop the server, keep a copy of the folder, and restore a backup; what was exported can be imported.';

/** What a look at the store says of its health. `now` is in microseconds since 1970. */
export const judgeStore = (
  found: Examination,
  publicUrl: URL | undefined,
  now: number,
): readonly Finding[] => [
  judgeFormat(found),
  judgePages(found),
  judgePositions(found),
  judgeFiles(found),
  judgeIndex(found),
  judgeClock(found, now),
  judgeInstallation(found, publicUrl),
];

const judgeFormat = ({ format, knownFormat }: Examination): Finding => {
  if (format === knownFormat) return ok('format', `The log has format ${format}.`);
  const message = `The log has format ${format}; this Cairn knows ${knownFormat}.`;
  return format > knownFormat
    ? bad('format', message, 'Use the Cairn that wrote it, or a newer one.')
    : warn(
        'format',
        message,
        'It is migrated at the next start or command: copy the stopped folder before, if you may want to go back.',
      );
};

const judgePages = ({ damage }: Examination): Finding => {
  if (damage === undefined) return ok('pages', 'The pages of log.db were not looked at; --deep does.');
  if (damage.length === 0) return ok('pages', 'All pages of log.db are sound.');
  return bad('pages', `log.db is damaged: ${damage.join('; ')}.`, RESTORE);
};

const judgePositions = ({ head, missing, disordered }: Examination): Finding => {
  if (missing + disordered === 0) return ok('positions', `Up to ${head} none is missing.`);
  const message = `Of the last entries ${missing} are missing and ${disordered} are not in order.`;
  return bad('positions', message, RESTORE);
};

const judgeFiles = ({ lostFiles }: Examination): Finding => {
  if (lostFiles.length === 0) return ok('attachments', 'All files are there.');
  const [first] = lostFiles;
  const message = `${lostFiles.length} files are missing or cut off, such as that with the sha2 ${first}.`;
  return bad('attachments', message, 'Put the folder attachments back from a backup.');
};

const judgeIndex = ({ index, indexBehind }: Examination): Finding => {
  if (index === 'fit') return ok('index', `It is fit; a start has ${indexBehind} entries to follow.`);
  const message =
    index === 'absent' ? 'There is none.' : 'It is damaged, of another log or of another version.';
  return warn('index', message, 'Nothing is lost: the next start makes it anew from the log.');
};

/** So far a clock may be off, in microseconds. */
const OFF = 2_000_000;

const judgeClock = ({ lastStored, mark }: Examination, now: number): Finding => {
  const latest = Math.max(lastStored, mark);
  if (latest <= now + OFF) return ok('clock', 'Nothing was stored in the future.');
  const message = `The clock has been ahead: ${latest === mark ? 'a promise' : 'an entry'} is of ${formatMicros(latest)}.`;
  const advice =
    'Set the clock and keep it (NTP). Until it gets there, what is stored counts on from that moment by microseconds.';
  return warn('clock', message, advice);
};

const judgeInstallation = ({ installation }: Examination, publicUrl: URL | undefined): Finding => {
  const check = 'installation';
  if (publicUrl === undefined || publicUrl.href === installation) {
    return ok(check, `Authorities are of ${installation}.`);
  }
  return warn(
    check,
    `CAIRN_PUBLIC_URL is ${publicUrl.href}, and authorities are of ${installation}.`,
    'It was drawn at the first start and stays, so that authorities stay the same: nothing is to be done.',
  );
};
