/** `npm run conformance -- --suite <folder>`: runs ADL's LRS conformance test suite, as it is, against Cairn. */
import { parseArgs } from 'node:util';
import { runCommand } from './commands/run-command.mjs';
import { readRun } from './conformance/read-run.mjs';
import { runSuite } from './conformance/run-suite.mjs';
import { startServer } from './conformance/start-server.mjs';

const HELP = `npm run conformance -- --suite <folder> [options]

  --suite <folder>     a checkout of github.com/adlnet/lrs-conformance-test-suite, with its packages installed
  --version <version>  1.0.3 or 2.0.0; both, one after the other, unless given
  --endpoint <url>     the xAPI endpoint of an LRS that runs already; otherwise Cairn is built and started
  --key, --secret      the credential for --endpoint
  --minutes <number>   the longest that one version may take (20)`;

/** The endpoint of each version below the address of a Cairn. */
const PATHS = { '1.0.3': '/xapi', '2.0.0': '/xapi/2.0' };

const readOptions = (args) => {
  const text = { type: 'string' };
  const { values } = parseArgs({
    args,
    options: {
      suite: text,
      version: text,
      endpoint: text,
      key: text,
      secret: text,
      minutes: { ...text, default: '20' },
    },
  });
  if (!values.suite) throw new Error('--suite is missing');
  if (values.version && !(values.version in PATHS)) throw new Error('--version is 1.0.3 or 2.0.0');
  if (values.endpoint && !(values.key && values.secret))
    throw new Error('--endpoint needs --key and --secret');
  if (!(Number(values.minutes) > 0)) throw new Error('--minutes is a number above 0');
  return values;
};

/** Where to aim, with whom: a running LRS if one is named, else a Cairn of our own on a fresh store. */
const findTarget = async ({ endpoint, key, secret }) => {
  if (endpoint) return { endpointOf: () => endpoint, key, secret, stop: async () => {} };
  const { url, ...server } = await startServer();
  return { endpointOf: (version) => `${url}${PATHS[version]}`, ...server };
};

/** Runs one version, prints its failures and its count; whether every test passed. */
const runVersion = async (version, target, { suite, minutes }) => {
  const { endpointOf, key, secret } = target;
  const endpoint = endpointOf(version);
  const log = await runSuite({ suite, endpoint, key, secret, version, minutes: Number(minutes) });
  const run = readRun(log);
  for (const { name, reason } of run.failures) process.stdout.write(`FAILED ${name}\n       ${reason}\n`);
  process.stdout.write(`${version}: ${run.passed} passed, ${run.failed} failed, ${run.total} total\n`);
  return run.complete;
};

const run = async (options) => {
  const target = await findTarget(options);
  try {
    let complete = true;
    for (const version of options.version ? [options.version] : Object.keys(PATHS)) {
      complete = (await runVersion(version, target, options)) && complete;
    }
    return complete;
  } finally {
    await target.stop();
  }
};

await runCommand({ help: HELP, readOptions, run });
