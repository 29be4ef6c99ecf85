import { createRandom } from '../bench/random.mjs';
import { arrivals, OUTCOME } from './arrivals.mjs';
import { idOf, requestPool } from './requests.mjs';

/** What became of each request; its size beside it. */
const ledger = () => {
  let became = new Uint8Array(1 << 20);
  let sizes = new Uint8Array(1 << 20);
  return {
    set: (number, size, outcome) => {
      while (number >= became.length) {
        became = grown(became);
        sizes = grown(sizes);
      }
      became[number] = outcome;
      sizes[number] = size;
    },
    get: (number) => ({ outcome: became[number], size: sizes[number] }),
  };
};

const grown = (array) => {
  const larger = new Uint8Array(array.length * 2);
  larger.set(array);
  return larger;
};

/** Ids of up to `most` statements, of requests of which `outcome` became, spread over all that were sent. */
const sample = ({ seed, outcomes, sent }, outcome, most) => {
  const random = createRandom(seed + 1);
  const ids = [];
  for (let tries = 0; tries < most * 20 && ids.length < most; tries += 1) {
    const number = Math.floor(random() * sent);
    const { outcome: own, size } = outcomes.get(number);
    if (own === outcome) ids.push(idOf(seed, number, Math.floor(random() * size)));
  }
  return ids;
};

let load;
const ACTS = {
  begin: ({ url, authorization, sizes, seed, connections }) => {
    const { hostname, port, host } = new URL(url);
    const outcomes = ledger();
    const pools = sizes.map((size) => requestPool({ seed, size, host, authorization }));
    const at = { host: hostname, port: Number(port) };
    load = { seed, outcomes, ...arrivals({ at, pools, most: connections, seed, outcomes }) };
  },
  offer: ({ rate, seconds }) => load.offer(rate, seconds),
  sample: ({ most }) => {
    const { seed, outcomes, sentSoFar } = load;
    const of = (outcome) => sample({ seed, outcomes, sent: sentSoFar() }, outcome, most);
    return { acknowledged: of(OUTCOME.acknowledged), refused: of(OUTCOME.refused) };
  },
};

process.on('message', async ({ act, ...given }) => {
  process.send({ answer: await ACTS[act](given) });
});
process.on('disconnect', () => process.exit(0));
