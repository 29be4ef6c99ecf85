const PLACE_BITS = 15;
const RECENT_BITS = 12;
/** Leaves room for the positions of one more text. */
const MAX_CLOCK = 0x3fffffff;

/** What a dictionary's texts are searched with; `recent` and `clock` change with every text. */
export type Tables = {
  readonly dictionary: Uint8Array;
  /** Where in the dictionary each hash of four, eight and sixteen bytes was seen last, or −1. */
  readonly places4: Int16Array;
  readonly places8: Int16Array;
  readonly places16: Int16Array;
  /** Where in the text each hash was seen last, plus `clock`, which no older entry reaches. */
  readonly recent: Int32Array;
  clock: number;
};

/** Four bytes as a number; what is beyond the end counts as zero. */
export const word = (bytes: Uint8Array, at: number): number =>
  (bytes[at] as number) |
  ((bytes[at + 1] as number) << 8) |
  ((bytes[at + 2] as number) << 16) |
  ((bytes[at + 3] as number) << 24);

/** A number whose high bits depend on all of it. */
export const mix = (four: number): number => Math.imul(four, -1640531535);

/** Goes on with a hash by four more bytes. */
const mixOn = (mixed: number, four: number): number => mix(mixed ^ (mixed >>> 15) ^ four);

const slotOf = (mixed: number): number => mixed >>> (32 - PLACE_BITS);

/** The tables of a dictionary of at most 32,767 bytes. */
export const tablesOf = (dictionary: Uint8Array): Tables => {
  const empty = () => new Int16Array(1 << PLACE_BITS).fill(-1);
  const [places4, places8, places16] = [empty(), empty(), empty()];
  const left = (at: number) => dictionary.length - at;
  for (let at = 0; left(at) >= 4; at += 1) {
    const mixed4 = mix(word(dictionary, at));
    const mixed8 = mixOn(mixed4, word(dictionary, at + 4));
    const mixed16 = mixOn(mixOn(mixed8, word(dictionary, at + 8)), word(dictionary, at + 12));
    places4[slotOf(mixed4)] = at;
    if (left(at) >= 8) places8[slotOf(mixed8)] = at;
    if (left(at) >= 16) places16[slotOf(mixed16)] = at;
  }
  return { dictionary, places4, places8, places16, recent: new Int32Array(1 << RECENT_BITS), clock: 1 };
};

/** A place in the dictionary with the same four bytes as the text at `at`, better sixteen or eight; or −1. */
export const findPlace = (
  tables: Tables,
  text: Uint8Array,
  at: number,
  four: number,
  mixed: number,
): number => {
  const { dictionary } = tables;
  const place4 = tables.places4[slotOf(mixed)] as number;
  if (place4 < 0) return -1;
  const next = word(text, at + 4);
  const mixed8 = mixOn(mixed, next);
  const place8 = tables.places8[slotOf(mixed8)] as number;
  if (place8 >= 0 && word(dictionary, place8) === four && word(dictionary, place8 + 4) === next) {
    const mixed16 = mixOn(mixOn(mixed8, word(text, at + 8)), word(text, at + 12));
    const place16 = tables.places16[slotOf(mixed16)] as number;
    if (place16 >= 0 && word(dictionary, place16) === four && word(dictionary, place16 + 4) === next)
      return place16;
    return place8;
  }
  return word(dictionary, place4) === four ? place4 : -1;
};

/** Notes where the text's four bytes stand, and answers where they stood before, or less than 0. */
export const recall = (tables: Tables, mixed: number, at: number): number => {
  const slot = mixed >>> (32 - RECENT_BITS);
  const before = (tables.recent[slot] as number) - tables.clock;
  tables.recent[slot] = tables.clock + at;
  return before;
};

/** Makes what was noted so far count no more; `length` is that of the text it was noted for. */
export const forget = (tables: Tables, length: number): void => {
  tables.clock += length;
  if (tables.clock > MAX_CLOCK) {
    tables.recent.fill(0);
    tables.clock = 1;
  }
};
