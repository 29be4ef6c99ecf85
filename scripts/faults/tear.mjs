/**
 * What a power cut leaves of what was not synced.
 * @typedef {object} Tear
 * @property {(pending: readonly any[]) => readonly any[]} names which changes of names are kept
 * @property {(write: { at: number, data?: Buffer }) => readonly { at: number, data?: Buffer }[]} write which pieces
 */

/** @type {Tear} */
export const dropAll = { names: () => [], write: () => [] };

const SECTOR = 512;
const PAGE = 4096;

/**
 * Keeps names up to some moment, as a file system's journal does, and of the writes whatever chance leaves: whole ones,
 * or the sectors (or pages) of one, in any combination.
 * @param {() => number} random
 * @returns {Tear}
 */
export const tearAtRandom = (random) => {
  const unit = random() < 0.5 ? SECTOR : PAGE;
  const share = random();
  return {
    names: (pending) => pending.slice(0, Math.floor(random() * (pending.length + 1))),
    write: (write) => {
      if (write.data === undefined || random() < 0.5) return random() < share ? [write] : [];
      return piecesOf(write, unit).filter(() => random() < share);
    },
  };
};

/** Cut where the disk's own sectors end. */
const piecesOf = ({ at, data }, unit) => {
  const pieces = [];
  for (let from = 0; from < data.length; ) {
    const to = Math.min(data.length, from + unit - ((at + from) % unit));
    pieces.push({ at: at + from, data: data.subarray(from, to) });
    from = to;
  }
  return pieces;
};
