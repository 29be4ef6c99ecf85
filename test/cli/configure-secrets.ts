import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { say, startReceiver } from '../forwarding/receiver.ts';
import { startCairn } from './cairn.ts';
import type { Canaries } from './canaries.ts';

/** Other LRSs that tell whoever asks what they were asked with: in a refusal, in a failure, in a redirect. */
const startReceivers = async () => {
  const echo = (status: number) =>
    startReceiver(({ headers }, response) => {
      const { authorization = '' } = headers;
      const [, secret = ''] = Buffer.from(authorization.slice(6), 'base64').toString().split(':');
      const told = `You sent ${authorization}, which is ${secret}. ${JSON.stringify({ headers })}`;
      say(status, told, { Location: `/elsewhere?${secret}` })({} as never, response);
    });
  return { refusing: await echo(400), failing: await echo(500), redirecting: await echo(302) };
};

/** Writes what the server is configured with, and answers its environment. */
export const configureSecrets = async (folder: string, { plant }: Canaries, issuer: string) => {
  const receivers = await startReceivers();
  const file = plant('the secret of forwarding in a file', 'secret');
  writeFileSync(join(folder, 'forwarding-secret'), file);
  const targets = Object.entries(receivers).map(([name, { url }]) => ({
    name,
    endpoint: `${url}/xapi`,
    key: 'us',
    allowPrivate: true,
    ...(name === 'failing'
      ? { secretFile: 'forwarding-secret' }
      : { secret: plant(`the secret of forwarding to the ${name}`, 'secret') }),
  }));
  writeFileSync(join(folder, 'forwarding.json'), JSON.stringify({ targets }));
  const issuers = [{ issuer, audience: 'cairn', scopes: { lrs: ['statements/write', 'statements/read'] } }];
  writeFileSync(join(folder, 'issuers.json'), JSON.stringify({ issuers }));
  return {
    receivers,
    environment: {
      CAIRN_PORT: '0',
      CAIRN_LOG_LEVEL: 'trace',
      CAIRN_FORWARDING_FILE: join(folder, 'forwarding.json'),
      CAIRN_OIDC_FILE: join(folder, 'issuers.json'),
    },
  };
};

/** Starts it without a key, so that it makes the first itself. */
export const startAlone = async (data: string, environment: Record<string, string>, program?: string) => {
  const child = startCairn(data, ['serve'], environment, program);
  const log = text(child.stderr as Readable);
  const said: string[] = [];
  for await (const line of createInterface({ input: child.stdout as Readable })) {
    said.push(line);
    if (line.startsWith('{"listening"')) break;
  }
  const [, key = '', secret = ''] =
    /^key (\S+)\nsecret (\S+)/.exec(readFileSync(join(data, 'first-credential.txt'), 'utf8')) ?? [];
  const { listening } = JSON.parse(said.at(-1) ?? '') as { readonly listening: string };
  const stop = async () => {
    const ended = once(child, 'close');
    child.kill('SIGTERM');
    await ended;
  };
  return { url: listening, pid: child.pid, key, secret, log, said: said.join('\n'), stop };
};
