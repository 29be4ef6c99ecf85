import { createConnection } from '../bench/connection.mjs';
import { residentBytes } from '../bench/process-figures.mjs';
import { createHistogram } from './histogram.mjs';

/** In milliseconds. */
const EVERY = 250;

/** Asks one of the two how it is, again and again, on a connection of its own. */
const askHealth = (url, path) => {
  const connection = createConnection({ endpoint: new URL(url) });
  const took = createHistogram();
  const wrong = [];
  const ask = async () => {
    const asked = performance.now();
    try {
      const { status, body } = await connection.exchange({ method: 'GET', path });
      if (status !== 200) wrong.push(`${status} ${body}`);
    } catch (error) {
      wrong.push(error.message);
    }
    took.add(performance.now() - asked);
  };
  return { ask, end: connection.close, figures: () => ({ ...took.figures(), wrong }) };
};

/** Looks at a server four times a second until it is told to stop. */
export const watch = ({ url, pid }) => {
  const live = askHealth(url, '/health/live');
  const ready = askHealth(url, '/health/ready');
  const before = residentBytes(pid)?.now;
  let most = before;
  const asking = new Set();
  const look = () => {
    most = Math.max(most, residentBytes(pid)?.now ?? 0);
    for (const one of [live, ready]) {
      if (asking.has(one)) continue;
      asking.add(one);
      void one.ask().then(() => asking.delete(one));
    }
  };
  const timer = setInterval(look, EVERY);
  return () => {
    clearInterval(timer);
    live.end();
    ready.end();
    return {
      live: live.figures(),
      ready: ready.figures(),
      rss: { before, most, after: residentBytes(pid)?.now },
    };
  };
};
