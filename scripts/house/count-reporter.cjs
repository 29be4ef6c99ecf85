const { relative } = require('node:path');

/** Of each file, what was skipped: the outermost titles, and how many tests. */
const skippedIn = ({ testFilePath, testResults }) => {
  const counts = new Map();
  for (const { status, ancestorTitles, title } of testResults) {
    if (status !== 'pending') continue;
    const name = ancestorTitles[0] ?? title;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts].map(([name, count]) => `skipped ${count}: ${relative('', testFilePath)}, ${name}\n`);
};

/** The folders of tests that another command runs. */
const leftOut = (contexts) =>
  new Set(
    [...contexts].flatMap(({ config }) =>
      config.testPathIgnorePatterns.filter((pattern) => pattern.startsWith('/test/')),
    ),
  );

/** Names what was left out or skipped, and prints one line that any CI can read: `N passed, N failed, N skipped`. */
module.exports = class CountReporter {
  onRunComplete(contexts, results) {
    for (const pattern of leftOut(contexts)) process.stdout.write(`left out: ${pattern}\n`);
    for (const file of results.testResults) for (const line of skippedIn(file)) process.stdout.write(line);
    const broken = results.numFailedTests + results.numRuntimeErrorTestSuites;
    const skipped = results.numPendingTests > 0 ? `, ${results.numPendingTests} skipped` : '';
    process.stdout.write(`${results.numPassedTests} passed, ${broken} failed${skipped}\n`);
  }
};
