import { readFile } from 'node:fs/promises';
import packageJson from '../../../package.json' with { type: 'json' };
import { bad, type Finding, ok, warn } from './finding.ts';

/** Each connection and each file takes a descriptor. */
const ENOUGH_FILES = 4096;

/** The machine: Node, and how many files may be open. */
export const checkHost = async (): Promise<readonly Finding[]> => [
  judgeNode(process.versions.node),
  judgeFiles(await openFilesLimit()),
];

const LEAST_NODE = packageJson.engines.node.replace('>=', '');

export const judgeNode = (version: string): Finding => {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [leastMajor = 0, leastMinor = 0] = LEAST_NODE.split('.').map(Number);
  if (major > leastMajor || (major === leastMajor && minor >= leastMinor)) {
    return ok('Node', `Node ${version}.`);
  }
  return bad('Node', `Node ${version} is too old.`, `Install Node ${LEAST_NODE} or newer.`);
};

export const judgeFiles = (limit: number | undefined): Finding => {
  const check = 'open files';
  if (limit === undefined) return ok(check, 'This system does not tell how many files may be open.');
  if (limit >= ENOUGH_FILES) return ok(check, `${limit} files and connections may be open at once.`);
  return warn(
    check,
    `Only ${limit} files and connections may be open at once.`,
    `Raise it before the start: ulimit -n 65536, or LimitNOFILE=65536 in a unit of systemd.`,
  );
};

/** As Linux has it for this process, which Node has raised as far as it may. */
const openFilesLimit = async (): Promise<number | undefined> => {
  const limits = await readFile('/proc/self/limits', 'utf8').catch(() => '');
  const [, limit] = /^Max open files +(\d+|unlimited)/m.exec(limits) ?? [];
  if (limit === undefined) return undefined;
  return limit === 'unlimited' ? Number.POSITIVE_INFINITY : Number(limit);
};
