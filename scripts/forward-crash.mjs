import { runInFolder } from './commands/folder.mjs';
import { runCommand, tell } from './commands/run-command.mjs';
import { HELP, readOptions } from './forward-crash/options.mjs';
import { runForwarding } from './forward-crash/run.mjs';

const summary = ({ statements, attachments, kills, amid, requests, seconds, violations }, seed) =>
  [
    `${statements} statements (${attachments} with an attachment) sent on in ${seconds} s, seed ${seed}:`,
    `${kills.sender} kills of the sender, ${kills.receiver} of the receiver,`,
    `${amid} of them while something was still to be sent on;`,
    `${requests.repeated} requests of the load sent again; ${violations.length} wrong`,
  ].join(' ');

const run = async (options) => {
  const results = await runInFolder('forward', options.folder, (folder) =>
    runForwarding({ ...options, folder }, tell),
  );
  console.log(
    options.json ? JSON.stringify({ ...results, seed: options.seed }) : summary(results, options.seed),
  );
  return results.violations.length === 0;
};

await runCommand({ help: HELP, readOptions, run });
