/** Names longer than this are no typing mistake of a property of ours. */
const LONGEST = 40;

/** Smallest number of insertions, deletions and replacements that turn one text into the other. */
const editDistance = (one: string, other: string): number => {
  let row = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let i = 1; i <= one.length; i++) {
    const next = [i];
    for (let j = 1; j <= other.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (one[i - 1] === other[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[other.length] ?? 0;
};

/**
 * The known name that was probably meant: the same but for letter case, or at most two letters away and less than
 * half of the known name. Undefined if none is near.
 */
export const suggestName = (name: string, known: readonly string[]): string | undefined => {
  if (name.length > LONGEST) return undefined;
  const lower = name.toLowerCase();
  let best: string | undefined;
  let nearest = 3;
  for (const candidate of known) {
    if (Math.abs(candidate.length - name.length) >= nearest) continue;
    const distance = editDistance(lower, candidate.toLowerCase());
    if (distance < nearest && distance * 2 < candidate.length) {
      best = candidate;
      nearest = distance;
    }
  }
  return best;
};
