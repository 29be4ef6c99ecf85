const LEAST_OF_BEST = 0.9;
const REFUSED_WITHIN = 100;
const MOST_GROWTH = 1.2;
/** Health is asked of a process that has all it can do, by one that has to share its cores. In milliseconds. */
const HEALTH_WITHIN = 1000;

/** @returns {string[]} what was not as it should be */
export const judge = ({ best, before, overload, after, one, stored }) => {
  const { goodput, refusedFromSend, other, unanswered, unsent, arrived, live, ready, rss } = overload;
  const ratio = goodput / best;
  const wrong = [...stored.violations];
  const demand = (isRight, sentence) => isRight || wrong.push(sentence);
  demand(ratio >= LEAST_OF_BEST, `stored ${(ratio * 100).toFixed(1)} % of the best`);
  demand(!(refusedFromSend.p99 >= REFUSED_WITHIN), `refused in ${refusedFromSend.p99?.toFixed(0)} ms (p99)`);
  demand(Object.keys(other).length === 0, `other answers: ${JSON.stringify(other)}`);
  demand(unsent <= arrived / 100, `${unsent} of ${arrived} found no connection that was free`);
  demand(unanswered === 0, `${unanswered} requests were never answered`);
  demand(rss.most <= rss.before * MOST_GROWTH, `memory grew from ${rss.before} to ${rss.most} bytes`);
  for (const [name, health] of Object.entries({ live, ready })) {
    demand(health.wrong.length === 0, `health/${name}: ${health.wrong[0]}`);
    demand(health.max < HEALTH_WITHIN, `health/${name} took ${health.max?.toFixed(0)} ms`);
  }
  demand(one.status === 200, `right after it a statement was answered ${one.status}`);
  demand(
    after.goodput >= LEAST_OF_BEST * before.goodput,
    `afterwards only ${after.goodput.toFixed(0)}/s of ${before.goodput.toFixed(0)}/s`,
  );
  return wrong;
};
