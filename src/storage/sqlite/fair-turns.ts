/** In milliseconds: what following is owed at most for what was spent on answers. */
const MOST_OWED = 1000;
/** In milliseconds: following is not behind by so little that answers would have to wait for it. */
const LITTLE = 300;

/** Shares one thread between following the log and answering: whoever asks without end does not keep it from following. */
export type FairTurns = {
  /** Told how long an answer took; milliseconds. */
  answered(took: number): void;
  /** Told how long following went on, and how old what it has not taken in is by now; 0 if that is nothing. */
  followed(took: number, lag: number): void;
  /** Whether it is the turn of answers: following is hardly behind, or has had as long as the answers before. */
  mayAnswer(): boolean;
};

export const fairTurns = (): FairTurns => {
  let owed = 0;
  let behind = 0;
  return {
    answered: (took) => {
      owed = Math.min(MOST_OWED, owed + took);
      behind += took;
    },
    followed: (took, lag) => {
      owed = lag === 0 ? 0 : Math.max(0, owed - took);
      behind = lag;
    },
    mayAnswer: () => owed === 0 || behind < LITTLE,
  };
};
