import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

/** Runs `node bin/console_runner.js` in a process group of its own, because it forks; its output as text. */
const runToEnd = ({ cwd, args, milliseconds }) =>
  new Promise((done, fail) => {
    const child = spawn(process.execPath, args, { cwd, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    const endGroup = () => process.kill(-child.pid, 'SIGKILL');
    const output = [];
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      endGroup();
    }, milliseconds);
    process.once('SIGINT', endGroup);
    child.stdout.on('data', (chunk) => output.push(chunk));
    child.stderr.on('data', (chunk) => output.push(chunk));
    child.once('error', fail);
    child.once('close', () => {
      clearTimeout(timer);
      process.off('SIGINT', endGroup);
      const text = Buffer.concat(output).toString();
      if (late)
        fail(new Error(`the suite took longer than ${milliseconds / 60_000} minutes\n${text.slice(-2000)}`));
      else done(text);
    });
  });

/** Runs one version of the suite against an endpoint and returns the log that it wrote, parsed. */
export const runSuite = async ({ suite, endpoint, key, secret, version, minutes }) => {
  const runner = join('bin', 'console_runner.js');
  const args = [runner, '-e', endpoint, '-a', '-u', key, '-p', secret, '-x', version];
  const output = await runToEnd({ cwd: resolve(suite), args, milliseconds: minutes * 60_000 });
  const path = /^Full run log written to (.+)$/m.exec(output)?.[1];
  if (!path) throw new Error(`the suite wrote no log\n${output.slice(-2000)}`);
  return JSON.parse(await readFile(path.trim(), 'utf8'));
};
