import { existsSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { KEY, killServers, SECRET, spawnServer } from './crash/server.mjs';
import { judge } from './overload/judge.mjs';
import { HELP, readOptions } from './overload/options.mjs';
import { runOverload } from './overload/run.mjs';
import { startGenerator } from './overload/start-generator.mjs';

const authorization = `Basic ${Buffer.from(`${KEY}:${SECRET}`).toString('base64')}`;
const megabytes = (bytes) => Math.round(bytes / 1024 / 1024);
const rounded = (_name, value) => (typeof value === 'number' ? Math.round(value * 100) / 100 : value);

const summary = ({ batch, seed, times }, { best, cpuOfEachAtBest, sustained, overload, after, stored }) => {
  const { offered, goodput, refused, refusedFromSend, refusedFromArrival, acknowledgedFromSend } = overload;
  const {
    rss,
    live,
    ready,
    late,
    mostQueued,
    unsent,
    connections,
    cores,
    serverCores,
    starvedCores,
    cpuOfEach,
    other,
  } = overload;
  return JSON.stringify(
    {
      batch,
      seed,
      best,
      sustained,
      [`offered × ${times}`]: offered,
      goodput,
      ofBest: goodput / best,
      acknowledgedFromSend,
      refused,
      refusedFromSend,
      refusedFromArrival,
      other,
      queuedInGenerator: { late, mostQueued, unsent, connections },
      cores: { server: serverCores, serverWaitedFor: starvedCores, generator: cores },
      cpuMicrosecondsOfEachStored: { atBest: cpuOfEachAtBest, overloaded: cpuOfEach },
      rssMegabytes: { before: megabytes(rss.before), most: megabytes(rss.most), after: megabytes(rss.after) },
      health: { live, ready },
      rightAfter: after,
      stored: { asked: stored.asked, count: stored.count },
    },
    rounded,
    1,
  );
};

const measure = async (options) => {
  const folder = realpathSync(mkdtempSync(join(options.folder, 'cairn-overload-')));
  const under = options.pin ? ['taskset', '-c', '0'] : [];
  const started = spawnServer(options.program, folder, { under, flags: options.flags });
  const generator = startGenerator(options);
  try {
    const { url } = await started.listening();
    const server = { url, pid: started.pid, authorization };
    return await runOverload({ server, generator, options }, (line) => console.error(`… ${line}`));
  } finally {
    generator.end();
    await started.stop();
    rmSync(folder, { recursive: true, force: true });
  }
};

/** @returns {Promise<number>} exit code: 1 if anything was not as it should be, 2 for wrong options */
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
  const results = await measure(options);
  const wrong = judge(results);
  console.log(
    options.json ? JSON.stringify({ ...results, seed: options.seed, wrong }) : summary(options, results),
  );
  for (const sentence of wrong) console.error(`WRONG ${sentence}`);
  return wrong.length === 0 ? 0 : 1;
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
  console.error(`The overload was broken off: ${error instanceof Error ? error.stack : error}`);
  process.exitCode = 1;
} finally {
  killServers();
}
