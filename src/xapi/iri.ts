const FORBIDDEN = 0;
const ALLOWED = 1;
const SCHEME = 2;

/** What an ASCII character may be part of. Beyond the scheme only blanks, controls and <>"{}|\^` are refused. */
const CLASSES = Uint8Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code);
  if (/[A-Za-z0-9+.-]/.test(character)) return SCHEME;
  return code <= 0x20 || code === 0x7f || '<>"{}|\\^`'.includes(character) ? FORBIDDEN : ALLOWED;
});

const isLetter = (code: number): boolean => (code >= 97 && code <= 122) || (code >= 65 && code <= 90);

/** Index of the colon after the scheme, or -1. */
const schemeEnd = (text: string): number => {
  if (!isLetter(text.charCodeAt(0))) return -1;
  for (let at = 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 58) return at;
    if (code > 127 || CLASSES[code] !== SCHEME) return -1;
  }
  return -1;
};

/** How many code units the character beyond ASCII takes, or 0 if an IRI cannot hold it. */
const widthBeyondAscii = (text: string, at: number): number => {
  const code = text.charCodeAt(at);
  if (code < 0xa0) return 0;
  if (code < 0xd800 || code > 0xdfff) return 1;
  const next = text.charCodeAt(at + 1);
  return code < 0xdc00 && next >= 0xdc00 && next <= 0xdfff ? 2 : 0;
};

const holdsOnlyIriCharacters = (text: string, from: number): boolean => {
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < 128) {
      if (CLASSES[code] === FORBIDDEN) return false;
    } else {
      const width = widthBeyondAscii(text, at);
      if (width === 0) return false;
      at += width - 1;
    }
  }
  return true;
};

/**
 * Whether the text is an absolute IRI as xAPI uses it: a scheme, a colon and at least one more character,
 * without white space, controls, lone surrogates or any of <>"{}|\^`. Nothing is said about hosts, percent
 * signs or repeated question marks, because real activity ids are not URLs. Linear in the length.
 */
export const isIri = (text: string): boolean => {
  const colon = schemeEnd(text);
  return colon > 0 && colon < text.length - 1 && holdsOnlyIriCharacters(text, colon + 1);
};
