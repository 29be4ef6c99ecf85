import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { forwards } from '../forwarding/forwards.ts';
import { type ControlStore, controlStore } from '../http/control-store.ts';
import { people } from '../people/people.ts';
import { openStorage, sqliteFolder } from '../storage/open-storage.ts';
import type { Storage } from '../storage/storage.ts';
import { controlSocket } from './control-socket.ts';
import { remoteStore } from './remote-store.ts';
import type { Settings } from './settings.ts';
import { tellDamage } from './tell-damage.ts';
import { threadScripts } from './thread-scripts.ts';

/** A store at hand. */
export type OpenStore = {
  readonly store: ControlStore;
  /** The data folder. */
  readonly folder: string;
  /** Whether a running server holds it, through which everything goes. */
  readonly isServed: boolean;
  close(): Promise<void>;
};

/**
 * The store that the settings name: through the server that runs on it, or else opened here.
 *
 * @throws Error when it cannot be reached, or is not there and not to be made.
 */
export const openStore = async (settings: Settings, mayMake: boolean): Promise<OpenStore> => {
  const folder = sqliteFolder(settings.storage);
  const remote = await remoteStore(await controlSocket(folder));
  if (remote !== undefined) {
    return { store: remote, folder, isServed: true, close: async () => undefined };
  }
  if (!mayMake) needStore(folder);
  const storage = await openStorage(settings.storage, {
    ...threadScripts(),
    onDamage: tellDamage,
    onNotice: console.error,
    ...(settings.publicUrl === undefined ? {} : { installation: settings.publicUrl.href }),
  });
  const targets = settings.forwarding;
  const store = controlStore({
    ...alone(storage),
    learning: storage.metrics,
    settings,
    people: people(storage.records),
    forwards: forwards({ ...storage, store: storage.forwards, targets }),
  });
  return { store, folder, isServed: false, close: () => storage.close() };
};

/** @throws Error when there is no store in the folder. */
export const needStore = (folder: string): void => {
  if (!existsSync(join(folder, 'log.db'))) {
    throw new Error(`There is no store in ${folder}. CAIRN_STORAGE says where it is.`);
  }
};

/** Nobody else stores anything meanwhile, so there is no moment up to which it would be complete: it is. */
const alone = (storage: Storage): Storage => ({
  ...storage,
  statements: { ...storage.statements, consistentThrough: () => Number.MAX_SAFE_INTEGER },
});
