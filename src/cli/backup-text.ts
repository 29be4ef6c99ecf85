import type { BackupReport } from '../statements/backup.ts';

/** What people are told of a backup, and of the store that was made of one. */
export const backupText = (folder: string, report: BackupReport): string => {
  const { installation, head, counts, begun, bytes, files, seconds } = report;
  const number = (count: number) => count.toLocaleString('en');
  const last = head.stored === null ? '' : `, stored ${head.stored}, commitment ${head.commitment}`;
  const rows = [
    ['folder', folder],
    ['made', `${begun.slice(0, 19)}Z by Cairn ${report.cairn}, in ${seconds.toFixed(1)} s`],
    ['installation', installation],
    ['head', `entry ${number(head.position)}${last}`],
    ['statements', number(counts.statements)],
    ['documents', number(counts.documents)],
    ['credentials', number(counts.credentials)],
    ['attachments', number(counts.attachments)],
    ['size', `${number(bytes)} bytes in ${number(files)} ${files === 1 ? 'file' : 'files'}`],
  ] as const;
  return rows.map(([name, value]) => `${name.padEnd(12)}  ${value}`).join('\n');
};
