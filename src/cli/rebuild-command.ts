import { forgetMetrics, openStorage, rebuildStorage, sqliteFolder } from '../storage/open-storage.ts';
import type { Storage } from '../storage/storage.ts';
import { type Command, EXIT } from './command.ts';
import { controlSocket } from './control-socket.ts';
import { needStore } from './open-store.ts';
import { remoteStore } from './remote-store.ts';
import { replayProgress } from './replay-progress.ts';
import { readSettings } from './settings.ts';

/** `cairn rebuild`: makes the derived index anew from the log. */
export const rebuildCommand: Command = {
  name: 'rebuild',
  summary: 'Make the index anew from the log, which stays as it is.',
  details:
    'What has been stored is never touched. The digest of what the index answers is printed before and after; they are\n' +
    'the same unless the index was damaged. No server may be running.',
  options: [
    {
      name: 'metrics',
      explanation:
        'What metrics keep in place of the index; the digest is that of all state that they answer from.',
    },
  ],
  run: async ({ environment, has }) => {
    const { storage } = readSettings(environment);
    const folder = sqliteFolder(storage);
    const server = await remoteStore(await controlSocket(folder));
    if (server !== undefined) {
      throw new Error(
        `A server is running on ${folder}. Stop it first: what it answers from cannot be replaced.`,
      );
    }
    needStore(folder);
    if (has('metrics')) return rebuildMetrics(storage);
    const before = await digestOf(openStorage(storage, { onDamage: refuse })).catch((error: Error) => error);
    console.info(`before  ${typeof before === 'string' ? before : `could not be read: ${before.message}`}`);
    const after = await digestOf(rebuildStorage(storage, { onReplay: replayProgress() }));
    console.info(`after   ${after}`);
    console.info(
      before === after ? 'They are equal.' : 'They differ: the index had been damaged, and is right now.',
    );
    return EXIT.ok;
  },
};

const rebuildMetrics = async (url: string): Promise<number> => {
  const before = await stateDigestOf(url);
  console.info(`before  ${before}`);
  await forgetMetrics(url);
  const after = await stateDigestOf(url);
  console.info(`after   ${after}`);
  console.info(
    before === after ? 'They are equal.' : 'They differ: what metrics kept was wrong, and is right now.',
  );
  return EXIT.ok;
};

const stateDigestOf = async (url: string): Promise<string> => {
  const storage = await openStorage(url);
  try {
    const text = await storage.metrics.ask({ kind: 'digest', access: { small: true, names: true } });
    return (JSON.parse(text) as { readonly digest: string }).digest;
  } finally {
    await storage.close();
  }
};

/** What is damaged has no digest. */
const refuse = (error: Error): never => {
  throw error;
};

const digestOf = async (opening: Promise<Storage>): Promise<string> => {
  const storage = await opening;
  try {
    return await storage.indexDigest();
  } finally {
    await storage.close();
  }
};
