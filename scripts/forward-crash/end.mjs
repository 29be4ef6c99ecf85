import { setTimeout as sleep } from 'node:timers/promises';
import { createClient } from '../crash/client.mjs';
import { KEY, SECRET, spawnServer } from '../crash/server.mjs';

const UP_MILLISECONDS = [150, 1500];

/**
 * One of the two programs: it is killed and started again on the same folder and port.
 * @param {{ name: string, program: string, data: string, port: number, more?: Record<string, string>, violate: (sentence: string) => void }} parts
 */
export const createEnd = async ({ name, program, data, port, more = {}, violate }) => {
  const url = `http://127.0.0.1:${port}`;
  let kills = 0;
  let server;

  const start = async () => {
    server = spawnServer(program, data, { settings: { ...more, CAIRN_PORT: String(port) } });
    await server.listening();
  };

  const kill = async () => {
    if (server.hasEnded()) violate(`the ${name} ended by itself: ${server.complaints.join('\n')}`);
    await server.kill();
    kills += 1;
    for (const complaint of server.complaints) violate(`the ${name} complained: ${complaint}`);
  };

  await start();
  return {
    url,
    client: () => createClient({ url, key: KEY, secret: SECRET }),
    kills: () => kills,
    /**
     * Kills it over and over at random moments, now and then while it is starting.
     * @param {() => number} random
     * @param {number} times
     * @param {(kills: number) => Promise<void>} before awaited before each kill
     */
    killOver: async (random, times, before) => {
      const [least, most] = UP_MILLISECONDS;
      while (kills < times) {
        await before(kills);
        await sleep(least + random() * (most - least));
        await kill();
        if (kills < times && random() < 0.15) {
          server = spawnServer(program, data, { settings: { ...more, CAIRN_PORT: String(port) } });
          await sleep(random() * 400);
          await kill();
        }
        await start();
      }
    },
    stop: () => server.stop(),
  };
};
