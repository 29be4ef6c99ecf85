/** Strings by small numbers, in the order in which they came; 0 is the empty string. */
export type Dictionary = {
  /** How many there are, the empty one included. */
  size(): number;
  /** The number of a string, new or known. */
  number(text: string): number;
  /** The number of a string that is known. */
  known(text: string): number | undefined;
  text(number: number): string;
  /** Those from a number on. */
  since(number: number): readonly string[];
};

export const dictionary = (): Dictionary => {
  const texts: string[] = [''];
  const numbers = new Map<string, number>([['', 0]]);
  return {
    size: () => texts.length,
    number: (text) => {
      const known = numbers.get(text);
      if (known !== undefined) return known;
      // A piece of a large text would keep all of it in memory.
      const own = Buffer.from(text).toString();
      numbers.set(own, texts.length);
      return texts.push(own) - 1;
    },
    known: (text) => numbers.get(text),
    text: (number) => texts[number] ?? '',
    since: (number) => texts.slice(number),
  };
};
