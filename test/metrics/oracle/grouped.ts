/** Cuts a list into lists of those that have the same key, which stay in their order. */
export const grouped = <Item, Key extends readonly unknown[]>(
  items: readonly Item[],
  keyOf: (item: Item) => Key,
): readonly (readonly [Key, readonly Item[]])[] => {
  const groups = new Map<string, [Key, Item[]]>();
  for (const item of items) {
    const key = keyOf(item);
    const text = JSON.stringify(key);
    const group = groups.get(text) ?? [key, []];
    group[1].push(item);
    groups.set(text, group);
  }
  return [...groups.values()];
};
