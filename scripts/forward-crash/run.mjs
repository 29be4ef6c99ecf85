import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { createRandom } from '../bench/random.mjs';
import { KEY, SECRET } from '../crash/server.mjs';
import { checkBoth } from './check.mjs';
import { createEnd } from './end.mjs';
import { runLoad } from './load.mjs';

/** How long the last statements may take without any getting nearer. */
const STUCK_MILLISECONDS = 60_000;

/** The load looks so often, in statements, how much there is to be sent on, and waits while it is more than that. */
const LOOK_EVERY = 500;
const MOST_BEHIND = 3000;

const freePort = async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  server.close();
  await once(server, 'close');
  return port;
};

const writeTargets = (folder, url) => {
  const path = join(folder, 'targets.json');
  const target = { name: 'second', endpoint: `${url}/xapi`, key: KEY, secret: SECRET };
  const targets = [{ ...target, from: 'start', allowPrivate: true }];
  writeFileSync(path, JSON.stringify({ targets }), { mode: 0o600 });
  return path;
};

/** How the sender's forwarding goes, as `cairn forwards list` asks for it. */
const seenTarget = async (data) => {
  const asking = request({ socketPath: join(data, 'cairn.sock'), path: '/forwards', agent: false }).end();
  const [response] = await once(asking, 'response');
  const [target] = JSON.parse((await buffer(response)).toString());
  return target;
};

/** Waits until there is nothing to be sent on any more; answers what is wrong if that does not come. */
const untilThere = async (data, tell) => {
  let least = Number.POSITIVE_INFINITY;
  let since = performance.now();
  while (performance.now() - since < STUCK_MILLISECONDS) {
    const { behind, failing, deadLetters } = await seenTarget(data);
    if (deadLetters > 0) return `there are ${deadLetters} dead letters`;
    if (behind === 0 && failing === undefined) return undefined;
    if (behind < least) {
      [least, since] = [behind, performance.now()];
      tell(`${behind} behind`);
    }
    await sleep(500);
  }
  return `${least} are behind and come no nearer`;
};

/**
 * Load and kills keep pace with each other and with what is sent on, so that the kills come all along the way.
 * @param {{ data: string, ends: any[], kills: number, statements: number, tell: (what: string) => void }} parts
 */
const keepPace = ({ data, ends, kills, statements, tell }) => {
  let loaded = 0;
  let amid = 0;
  const behind = async () => (await seenTarget(data).catch(() => undefined))?.behind;
  return {
    /** How many kills came while something was still to be sent on. */
    amid: () => amid,
    mayGoOn: async (done) => {
      loaded = done;
      const due = Math.floor((done / statements) * kills * 0.95);
      while (ends.some((end) => end.kills() < due)) await sleep(20);
      while (done % LOOK_EVERY === 0 && ((await behind()) ?? 0) > MOST_BEHIND) await sleep(50);
    },
    beforeKill: async (done) => {
      while (loaded < (done / kills) * statements) await sleep(20);
      const left = await behind();
      if (left !== 0) amid += 1;
      tell(`${ends.map((end) => end.kills()).join(' and ')} kills, ${loaded} stored, ${left ?? '?'} behind`);
    },
  };
};

/**
 * @param {{ statements: number, kills: number, seed: number, program: string, folder: string }} options
 * @param {(what: string) => void} tell
 */
export const runForwarding = async ({ statements, kills, seed, program, folder }, tell) => {
  const begun = performance.now();
  const violations = [];
  const violate = (sentence) => violations.push(sentence);
  const [data, second] = ['first', 'second'].map((name) => join(folder, name));
  for (const one of [data, second]) mkdirSync(one);
  const [from, to] = [await freePort(), await freePort()];
  const receiver = await createEnd({ name: 'receiver', program, data: second, port: to, violate });
  const more = { CAIRN_FORWARDING_FILE: writeTargets(folder, receiver.url) };
  const sender = await createEnd({ name: 'sender', program, data, port: from, more, violate });

  const pace = keepPace({ data, ends: [sender, receiver], kills, statements, tell });
  const loading = runLoad({ client: sender.client(), seed, statements, mayGoOn: pace.mayGoOn });
  await Promise.all([
    loading,
    sender.killOver(createRandom(seed), kills, pace.beforeKill),
    receiver.killOver(createRandom(seed + 1), kills, pace.beforeKill),
  ]);
  const { sent, files, repeated } = await loading;
  const wrong = await untilThere(data, tell);
  if (wrong !== undefined) violate(wrong);
  const seconds = Math.round((performance.now() - begun) / 1000);
  await checkBoth({ sender: sender.client(), receiver: receiver.client(), sent, files, violate });
  for (const end of [sender, receiver]) {
    if ((await end.stop()) !== 0) violate('an end did not stop in order');
  }
  return {
    statements: sent.size,
    attachments: files.size,
    kills: { sender: sender.kills(), receiver: receiver.kills() },
    amid: pace.amid(),
    requests: { repeated },
    seconds,
    violations,
  };
};
