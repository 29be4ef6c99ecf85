/** Prints one line that any CI can read: `N passed, N failed, N skipped`. */
module.exports = class CountReporter {
  onRunComplete(_contexts, results) {
    const broken = results.numFailedTests + results.numRuntimeErrorTestSuites;
    const skipped = results.numPendingTests > 0 ? `, ${results.numPendingTests} skipped` : '';
    process.stdout.write(`${results.numPassedTests} passed, ${broken} failed${skipped}\n`);
  }
};
