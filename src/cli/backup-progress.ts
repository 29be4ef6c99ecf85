import type { TellBackup } from '../statements/backup.ts';
import { type ProgressLine, progressLine } from './progress-line.ts';

const MEGABYTE = 1_000_000;
const UNITS = { copying: 'MB copied', checking: 'MB checked' } as const;

/** Shows on stderr how far a backup, a check or a restore has come. */
export const backupProgress = (): { readonly tell: TellBackup; end(): void } => {
  let line: ProgressLine | undefined;
  let shown = '';
  const end = () => {
    line?.end();
    line = undefined;
  };
  return {
    tell: ({ act, done, all }) => {
      if (act !== shown) end();
      shown = act;
      line ??= progressLine(process.stderr, all, 0, UNITS[act]);
      line.update(Math.min(done, all), Math.round(done / MEGABYTE));
    },
    end,
  };
};
