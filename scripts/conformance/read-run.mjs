const failuresBelow = (entry, path) => {
  const name = [...path, entry.title].filter(Boolean);
  const own = entry.error === undefined ? [] : [{ name: name.join(' > '), reason: oneLine(entry.error) }];
  return [...own, ...(entry.tests ?? []).flatMap((test) => failuresBelow(test, name))];
};

const oneLine = (text) => {
  const line = String(text).replace(/\s+/g, ' ').trim();
  return line.length > 600 ? `${line.slice(0, 600)}…` : line;
};

/**
 * What a log of the suite says. `failures` are the failing tests (and hooks) by their full title;
 * `complete` only if every test was run and passed: a hook that fails leaves its tests out without a word.
 */
export const readRun = (log) => {
  const { total, passed, failed } = log.summary;
  const failures = log.log ? failuresBelow(log.log, []) : [];
  if (log.state !== 'finished')
    failures.push({ name: 'the run itself', reason: `it ended as "${log.state}"` });
  const left = (total ?? 0) - (passed ?? 0) - (failed ?? 0);
  if (left > 0) failures.push({ name: 'tests that were not run', reason: `${left} of ${total}` });
  const complete = failures.length === 0 && total > 0 && passed === total && failed === 0;
  return { passed: passed ?? 0, failed: failed ?? 0, total: total ?? 0, failures, complete };
};
