import type { Storage, StorageOptions } from '../../src/storage/storage.ts';

/** A store that a test has opened, and the ways in which it may be opened again. */
export type Opened = {
  /** The one that is open now. */
  readonly storage: Storage;
  /** Closes it and opens it again. */
  reopen(): Promise<void>;
  /** Goes on with what a crash at this moment would have left: nothing of it was closed. */
  crash(): Promise<void>;
  close(): Promise<void>;
};

/** Opens a fresh, empty store of the backend under test. */
export type Open = (options?: StorageOptions) => Promise<Opened>;

/** As `open`, and each store is closed after the test that opened it. */
export const closedAfterEach = (open: Open): Open => {
  const opened: Opened[] = [];
  afterEach(async () => {
    for (const one of opened.splice(0)) await one.close();
  });
  return async (options) => {
    const one = await open(options);
    opened.push(one);
    return one;
  };
};

/** Checks the same now, after a crash and after it was closed and opened again. */
export const everyWay = async (
  opened: Opened,
  check: (storage: Storage) => Promise<unknown>,
): Promise<void> => {
  await check(opened.storage);
  await opened.crash();
  await check(opened.storage);
  await opened.reopen();
  await check(opened.storage);
};

/** The reason for which something was turned away; fails when it was not, or not by a Rejection. */
export const reasonOf = async (refused: Promise<unknown>): Promise<unknown> => {
  const error = await refused.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return (error as { readonly reason?: unknown } | undefined)?.reason ?? error;
};
