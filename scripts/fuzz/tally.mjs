/** @typedef {import('./judge.mjs').Case} Case */

const SLOWEST = 5;
const MOST_FAILURES = 50;
/** At least so many of a hundred requests are valid by construction. */
const VALID_SHARE = 30;

const add = (table, name, what) => {
  table[name] ??= {};
  table[name][what] = (table[name][what] ?? 0) + 1;
};

/**
 * Counts what was sent and answered, and keeps what went wrong.
 * @param {(sentence: string) => void} say is told of each failure at once
 */
export const createTally = (say) => {
  const kinds = {};
  const statuses = {};
  const failures = [];
  let [requests, lookUps, late, wrong, slowest] = [0, 0, 0, 0, []];

  const fail = (name, sentences) => {
    wrong += 1;
    if (failures.length >= MOST_FAILURES) return;
    failures.push({ name, sentences });
    say(`WRONG ${sentences.join('; ')}\n  again: ${name}`);
  };
  /** @param {string} name by which it can be sent again */
  const take = (name, { kind, acts, expects }, { heard, wrong: sentences, asked, lateOnce }) => {
    requests += 1;
    lookUps += asked;
    late += lateOnce;
    add(kinds, kind, expects);
    add(statuses, heard.status === 0 ? 'closed' : heard.status, expects);
    slowest = [...slowest, { name, kind, ms: heard.ms }].sort((a, b) => b.ms - a.ms).slice(0, SLOWEST);
    if (sentences.length > 0) fail(name, [`${kind} (${acts.join(', ')}): ${sentences.join('; ')}`]);
  };

  const sum = (expects) => Object.values(kinds).reduce((all, of) => all + (of[expects] ?? 0), 0);
  const figures = () => {
    const valid = sum('accepted');
    return {
      requests,
      lookUps,
      late,
      valid,
      invalid: sum('refused'),
      kinds,
      statuses,
      slowest,
      wrong,
      failures,
    };
  };
  /** Whoever sends little that is valid learns little from a refusal. */
  const checkShare = () => {
    const generated = Object.entries(kinds).filter(([kind]) => !kind.startsWith('corpus'));
    const ofAll = generated.flatMap(([, of]) => Object.values(of)).reduce((all, count) => all + count, 0);
    const share = (100 * generated.reduce((all, [, of]) => all + (of.accepted ?? 0), 0)) / ofAll;
    if (share < VALID_SHARE)
      fail('the run', [`only ${share.toFixed(1)} % of the generated requests were valid`]);
  };
  return { take, fail, figures, checkShare, count: () => requests };
};
