import { existsSync, readdirSync, readFileSync, statfsSync, statSync } from 'node:fs';
import { availableParallelism, cpus, release, totalmem } from 'node:os';
import { join } from 'node:path';

/** Linux reports CPU time to programs in hundredths of a second on every architecture. */
const TICKS_PER_SECOND = 100;
const MEMORY_BACKED = new Set([0x01021994, 0x858458f6]);

/** @param {string} path */
const readText = (path) => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
};

/**
 * User and system time of a process and its threads; undefined where there is no /proc.
 * @param {number | undefined} pid
 */
export const cpuSeconds = (pid) => {
  const stat = pid === undefined ? undefined : readText(`/proc/${pid}/stat`);
  if (stat === undefined) return undefined;
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
};

/**
 * Resident memory of a process in bytes, now and at its highest; undefined where there is no /proc.
 * @param {number | undefined} pid
 */
export const residentBytes = (pid) => {
  const status = pid === undefined ? undefined : readText(`/proc/${pid}/status`);
  const kilobytes = (/** @type {string} */ field) =>
    Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(status ?? '')?.[1]) * 1024;
  return status === undefined ? undefined : { now: kilobytes('VmRSS'), highest: kilobytes('VmHWM') };
};

/**
 * Milliseconds in which threads of a process could have run and no core was free; 0 where there is no /proc.
 * @param {number} pid
 */
export const starvedMs = (pid) => {
  const folder = `/proc/${pid}/task`;
  if (!existsSync(folder)) return 0;
  const waits = readdirSync(folder).map(
    (thread) => readText(join(folder, thread, 'schedstat'))?.split(' ')[1],
  );
  return waits.reduce((sum, nanoseconds) => sum + Number(nanoseconds ?? 0), 0) / 1e6;
};

/**
 * Bytes that the files of a folder occupy.
 * @param {string} folder
 * @returns {number}
 */
export const diskBytes = (folder) =>
  readdirSync(folder, { withFileTypes: true }).reduce((sum, entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sum + diskBytes(path);
    return entry.isFile() ? sum + statSync(path).size : sum;
  }, 0);

/**
 * The machine that the figures were taken on.
 * @param {string} folder where the data is kept
 */
export const describeMachine = (folder) => ({
  cpu: cpus()[0]?.model.trim() ?? 'unknown',
  cores: availableParallelism(),
  memoryBytes: totalmem(),
  kernel: release(),
  node: process.version,
  /** Share of the last minute in which something waited for a core, in %, before the run: 0 is a quiet machine. */
  cpuPressure: /avg60=([\d.]+)/.exec(readText('/proc/pressure/cpu') ?? '')?.[1],
  /** A folder in memory makes every durable write free, and the figures worthless. */
  dataInMemory: MEMORY_BACKED.has(statfsSync(folder).type),
});
