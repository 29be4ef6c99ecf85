import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { killServers } from './crash/server.mjs';
import { HELP, readOptions } from './forward-crash/options.mjs';
import { runForwarding } from './forward-crash/run.mjs';

const summary = ({ statements, attachments, kills, amid, requests, seconds, violations }, seed) =>
  [
    `${statements} statements (${attachments} with an attachment) sent on in ${seconds} s, seed ${seed}:`,
    `${kills.sender} kills of the sender, ${kills.receiver} of the receiver,`,
    `${amid} of them while something was still to be sent on;`,
    `${requests.repeated} requests of the load sent again; ${violations.length} wrong`,
  ].join(' ');

/** @returns {Promise<number>} exit code: 1 if anything was wrong, 2 for wrong options */
const main = async () => {
  let options;
  try {
    options = readOptions(process.argv.slice(2));
  } catch (error) {
    console.error(`${error.message}\n\n${HELP}`);
    return 2;
  }
  if (options === 'help') {
    console.log(HELP);
    return 0;
  }
  if (!existsSync(options.program))
    throw new Error(`there is no ${options.program}; run npm run build first`);
  const folder = mkdtempSync(join(options.folder, 'cairn-forward-'));
  const results = await runForwarding({ ...options, folder }, (what) => console.error(`… ${what}`));
  const right = results.violations.length === 0;
  if (right) rmSync(folder, { recursive: true, force: true });
  else for (const sentence of results.violations) console.error(`WRONG ${sentence}`);
  if (!right) console.error(`The stores are kept in ${folder}.`);
  console.log(
    options.json ? JSON.stringify({ ...results, seed: options.seed }) : summary(results, options.seed),
  );
  return right ? 0 : 1;
};

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => {
    killServers();
    process.exit(130);
  });
}
try {
  process.exitCode = await main();
} catch (error) {
  console.error(`The forwarding test was broken off: ${error instanceof Error ? error.stack : error}`);
  process.exitCode = 1;
} finally {
  killServers();
}
