/** In milliseconds: what following is owed at most for what was spent on answers. */
const MOST_OWED = 1000;

/** Shares one thread between following the log and answering: whoever asks without end does not keep it from following. */
export type FairTurns = {
  /** Told how long an answer took; milliseconds. */
  answered(took: number): void;
  /** Told how long following went on, and whether it is behind what is known to be there. */
  followed(took: number, isBehind: boolean): void;
  /** Whether it is the turn of answers: following is not behind, or has had as long as the answers before. */
  mayAnswer(): boolean;
};

export const fairTurns = (): FairTurns => {
  let owed = 0;
  return {
    answered: (took) => {
      owed = Math.min(MOST_OWED, owed + took);
    },
    followed: (took, isBehind) => {
      owed = isBehind ? Math.max(0, owed - took) : 0;
    },
    mayAnswer: () => owed === 0,
  };
};
