const DASH = 0x2d;

/** The length of a UUID as text. */
export const UUID_LENGTH = 36;

/** The length of a UUID as bytes. */
export const UUID_BYTES = 16;

/** The value of a lower-case hex digit, or 255. */
const VALUES = Uint8Array.from({ length: 256 }, (_, code) => {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  return code >= 0x61 && code <= 0x66 ? code - 0x57 : 255;
});
const DIGITS = Uint8Array.from({ length: 16 }, (_, value) => (value < 10 ? 0x30 + value : 0x57 + value));
/** Where the digits of each byte stand in the text. */
const PAIRS = Uint8Array.of(0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34);

/** Whether a lower-case UUID stands at `from`. */
export const isUuidAt = (text: Uint8Array, from: number): boolean => {
  if (text[from + 8] !== DASH || text[from + 13] !== DASH || text[from + 18] !== DASH) return false;
  if (text[from + 23] !== DASH || from + UUID_LENGTH > text.length) return false;
  let seen = 0;
  for (let i = 0; i < UUID_BYTES; i += 1) {
    const at = from + (PAIRS[i] as number);
    seen |= (VALUES[text[at] as number] as number) | (VALUES[text[at + 1] as number] as number);
  }
  return seen < 16;
};

/** Writes the 16 bytes of the UUID whose text stands at `from`. */
export const packUuid = (text: Uint8Array, from: number, out: Uint8Array, to: number): void => {
  for (let i = 0; i < UUID_BYTES; i += 1) {
    const at = from + (PAIRS[i] as number);
    out[to + i] = ((VALUES[text[at] as number] as number) << 4) | (VALUES[text[at + 1] as number] as number);
  }
};

/** Writes the text of the UUID whose 16 bytes stand at `from`. */
export const unpackUuid = (bytes: Uint8Array, from: number, out: Uint8Array, to: number): void => {
  out[to + 8] = DASH;
  out[to + 13] = DASH;
  out[to + 18] = DASH;
  out[to + 23] = DASH;
  for (let i = 0; i < UUID_BYTES; i += 1) {
    const at = to + (PAIRS[i] as number);
    const byte = bytes[from + i] as number;
    out[at] = DIGITS[byte >> 4] as number;
    out[at + 1] = DIGITS[byte & 15] as number;
  }
};
