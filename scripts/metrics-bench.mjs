import { makeFolder } from './commands/folder.mjs';
import { runCommand, tell } from './commands/run-command.mjs';
import { HELP, readOptions } from './metrics-bench/options.mjs';
import { runMetricsBench } from './metrics-bench/run.mjs';

/** What design §8 and issue 5 promise. */
const judge = ({ idle, busy, lag, cost, wrong }) => [
  ['questions while idle, p99', idle.all.p99 <= 100, `${idle.all.p99.toFixed(0)} ms of 100`],
  ['questions while storing, p99', busy.all.p99 <= 250, `${busy.all.p99.toFixed(0)} ms of 250`],
  ['lag, most', lag.max <= 2000, `${lag.max.toFixed(0)} ms of 2000`],
  ['rate of storing, with metrics / without', cost.ratio >= 0.8, `${cost.ratio.toFixed(2)} of 0.80`],
  ['answers', wrong.length === 0, wrong.map(({ what }) => what).join(', ') || 'all as expected'],
];

const rounded = (_name, value) => (typeof value === 'number' ? Math.round(value * 100) / 100 : value);

const run = async (options) => {
  const results = await runMetricsBench(options, makeFolder('metrics-bench', options.folder).path, tell);
  const promises = judge(results);
  if (options.json) console.log(JSON.stringify({ ...results, promises }));
  else {
    console.log(JSON.stringify(results, rounded, 1));
    for (const [what, met, seen] of promises) console.log(`${met ? 'kept  ' : 'BROKEN'} ${what}: ${seen}`);
  }
  return promises.every(([, met]) => met);
};

await runCommand({ help: HELP, readOptions, run });
