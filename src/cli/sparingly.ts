/**
 * Lets through so many of a kind a second. Answers how many of it have been held back since the last one that was
 * let through, or undefined for one that is held back.
 */
export const sparingly = (most: number, now = () => Date.now()): ((kind: string) => number | undefined) => {
  const kinds = new Map<string, { second: number; count: number; heldBack: number }>();
  return (kind) => {
    const second = Math.floor(now() / 1000);
    const state = kinds.get(kind) ?? { second, count: 0, heldBack: 0 };
    kinds.set(kind, state);
    if (state.second !== second) Object.assign(state, { second, count: 0 });
    state.count += 1;
    if (state.count > most) {
      state.heldBack += 1;
      return undefined;
    }
    const { heldBack } = state;
    state.heldBack = 0;
    return heldBack;
  };
};
