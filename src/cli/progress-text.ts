export type Progress = {
  /** In any unit; the whole is undefined when nobody knows it. */
  readonly done: number;
  readonly all: number | undefined;
  /** How many things so far, of which `atFirst` were there when the clock began. */
  readonly count: number;
  readonly atFirst: number;
  readonly seconds: number;
  /** What they are, as it stands behind their number; `read` unless given. */
  readonly unit?: string;
};

const WIDTH = 24;

/** One line: a bar, how many so far, how many a second and how much time is left. */
export const progressText = ({ done, all, count, atFirst, seconds, unit = 'read' }: Progress): string => {
  const rate = seconds > 0 ? (count - atFirst) / seconds : 0;
  const figures = `${count.toLocaleString('en')} ${unit}, ${Math.round(rate).toLocaleString('en')}/s`;
  if (all === undefined || all === 0) return figures;
  const part = Math.min(1, done / all);
  const filled = Math.round(part * WIDTH);
  const bar = `[${'#'.repeat(filled)}${'-'.repeat(WIDTH - filled)}] ${String(Math.floor(part * 100)).padStart(3)} %`;
  const left = part > 0 && seconds >= 1 ? `, ${clock((seconds * (1 - part)) / part)} left` : '';
  return `${bar}  ${figures}${left}`;
};

const clock = (seconds: number): string => {
  const whole = Math.ceil(seconds);
  const two = (value: number) => String(value).padStart(2, '0');
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor(whole / 60) % 60;
  return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
};
