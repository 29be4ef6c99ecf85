import { makeFolder } from './commands/folder.mjs';
import { runCommand, tell } from './commands/run-command.mjs';
import { KEY, SECRET, spawnServer } from './crash/server.mjs';
import { judge } from './overload/judge.mjs';
import { HELP, readOptions } from './overload/options.mjs';
import { runOverload } from './overload/run.mjs';
import { startGenerator } from './overload/start-generator.mjs';

const authorization = `Basic ${Buffer.from(`${KEY}:${SECRET}`).toString('base64')}`;
const megabytes = (bytes) => Math.round(bytes / 1024 / 1024);
const rounded = (_name, value) => (typeof value === 'number' ? Math.round(value * 100) / 100 : value);

const summary = ({ batch, seed, times }, { best, before, sustained, overload, after, one, stored }) => {
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
      best: { before: before.goodput, after: after.goodput },
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
      cpuMicrosecondsOfEachStored: { atBest: before.cpuOfEach, overloaded: cpuOfEach },
      rssMegabytes: { before: megabytes(rss.before), most: megabytes(rss.most), after: megabytes(rss.after) },
      health: { live, ready },
      rightAfter: one,
      stored: { asked: stored.asked, count: stored.count },
    },
    rounded,
    1,
  );
};

const measure = async (options) => {
  const folder = makeFolder('overload', options.folder).path;
  const under = options.pin ? ['taskset', '-c', '0'] : [];
  const started = spawnServer(options.program, folder, { under, flags: options.flags });
  const generator = startGenerator(options);
  try {
    const { url } = await started.listening();
    const server = { url, pid: started.pid, authorization };
    return await runOverload({ server, generator, options }, tell);
  } finally {
    generator.end();
    await started.stop();
  }
};

const run = async (options) => {
  const results = await measure(options);
  const wrong = judge(results);
  console.log(
    options.json ? JSON.stringify({ ...results, seed: options.seed, wrong }) : summary(options, results),
  );
  for (const sentence of wrong) console.error(`WRONG ${sentence}`);
  return wrong.length === 0;
};

await runCommand({ help: HELP, readOptions, run });
