import { judgePromises } from './promises.mjs';
import { figure, MISSING, megabytes, percentileCells, table } from './table.mjs';
import { appendTable, ratioTable, writeTable } from './write-report.mjs';

/** @typedef {import('./results.mjs').Results} Results */

/** @param {Results} results */
const header = ({ at, subject, seed, machine, corpus, answers }) => {
  const pressure =
    machine.cpuPressure === undefined ? '' : `, CPU pressure before the run ${machine.cpuPressure} %`;
  const { cpu, cores, memoryBytes, node, kernel } = machine;
  return [
    `${subject}, ${at}, seed ${seed}`,
    `${cpu}, ${cores} cores, ${figure(memoryBytes / 2 ** 30)} GiB, Node ${node}, kernel ${kernel}${pressure}`,
    `${figure(corpus.statements)} statements made: ${figure(corpus.bytesEach)} B as sent, ${figure(corpus.addedBytes)} B more when stored, ${figure(corpus.linksEach)} links and ${figure(corpus.newTermsEach)} new terms each`,
    `${figure(answers.answers)} answers`,
    ...(machine.dataInMemory
      ? ['The data lies in memory, not on a disk: the figures are worthless (--folder)']
      : []),
  ].join('\n');
};

/** @param {Results['fill']} fill */
const fillText = ({ statements, rate, window, firstRate, lastRate, tenths, cpu }) =>
  [
    `Filling: ${figure(statements)} statements, ${figure(rate)}/s, server CPU ${figure(cpu)} µs each`,
    `  first ${figure(window)}: ${figure(firstRate)}/s, last ${figure(window)}: ${figure(lastRate)}/s`,
    `  by tenths: ${tenths.map(figure).join(' ')}`,
  ].join('\n');

/** @param {NonNullable<Results['mixed']>} mixed */
const mixedTable = ({ writeRate, readRate, post, read }) =>
  table(
    ['mixed, four posts to one query', '/s', 'p50 ms', 'p95', 'p99', 'max', 'n'],
    [
      ['posts of one', figure(writeRate), ...percentileCells(post)],
      ['queries', figure(readRate), ...percentileCells(read)],
    ],
  );

/** @param {NonNullable<Results['reads']>} reads */
const readTable = ({ stored, kinds }) => {
  const rows = Object.entries(kinds).map(([name, { first, warm, rows: found }]) => [
    name,
    figure(found),
    figure(first.p50),
    figure(first.p99),
    ...percentileCells(warm),
  ]);
  const head = [
    `idle, ${figure(stored)} stored`,
    'rows',
    'first p50 ms',
    'first p99',
    'warm p50',
    'p95',
    'p99',
    'max',
    'n',
  ];
  return table(head, rows);
};

/** @param {NonNullable<Results['busy']>} busy */
const busyTable = ({ stored, writeRate, kinds }) =>
  table(
    [
      `while ${figure(writeRate)}/s are stored, ${figure(stored)} in the end`,
      'p50 ms',
      'p95',
      'p99',
      'max',
      'n',
    ],
    Object.entries(kinds).map(([name, latency]) => [
      name === 'post' ? 'posts of 50' : name,
      ...percentileCells(latency),
    ]),
  );

/** @param {Results} results */
const resourceText = ({ store, starts }) => {
  const lines = [];
  if (store) {
    const { stored, resident, diskBytes, storedBytes } = store;
    const memory = resident
      ? `${megabytes(resident.now)} resident, ${megabytes(resident.highest)} at the highest`
      : '';
    lines.push(`With ${figure(stored)} stored, running: ${memory}`);
    lines.push(
      `  disk ${figure(diskBytes / stored)} B, JSON ${figure(storedBytes / stored)} B per statement`,
    );
  }
  if (starts) {
    const { stored, diskBytes, emptyMs, stopMs, afterStopMs, afterKillMs, rounds } = starts;
    lines.push(`  disk after a clean stop ${figure(diskBytes / stored)} B per statement`);
    lines.push(
      `Start: empty ${figure(emptyMs)} ms; stop ${figure(stopMs)} ms, start after it ${figure(afterStopMs)} ms;`,
    );
    lines.push(
      `  start after kill -9 ${figure(afterKillMs)} ms (medians of ${rounds}, from ${figure(stored)} stored on)`,
    );
  }
  return lines.join('\n');
};

/** @param {Results} results */
const promiseTable = (results) => {
  const rows = judgePromises(results).map(({ what, promise, measured, unit, verdict, early, n }) => {
    if (measured === undefined) return [what, promise, MISSING, verdict, ''];
    return [what, promise, figure(measured) + unit, early ? `${verdict} *` : verdict, n];
  });
  return table(['promise', 'promised', 'measured', 'verdict', 'n'], rows);
};

const ELSEWHERE = `* Promised for 1,000,000 stored and measured with fewer (--count 1000000). "too few" to know a 99th percentile.
Absolute rates are for a quiet machine, the ratios count. Where texts are compressed, 0.5 is promised of the disk.
Not part of this bench: conformance (npm run conformance), faults (npm run test:crash), and rates, queries and freshness
with metrics on.`;

/** @param {Results['answers']} answers */
const wrongText = ({ wrong }) =>
  wrong.map(({ what, count, example }) => `WRONG: ${figure(count)} × ${what}\n  e.g. ${example}`).join('\n');

/**
 * The whole report as text: what was measured, then what was promised.
 * @param {Results} results
 */
export const describeResults = (results) => {
  const { writes, mixed, reads, busy, answers } = results;
  const compared = Object.keys(writes).length > 0;
  return [
    header(results),
    fillText(results.fill),
    compared ? writeTable(writes) : '',
    compared ? appendTable(writes) : '',
    compared ? ratioTable(writes) : '',
    mixed ? mixedTable(mixed) : '',
    reads ? readTable(reads) : '',
    busy ? busyTable(busy) : '',
    resourceText(results),
    promiseTable(results),
    ELSEWHERE,
    wrongText(answers),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
};
