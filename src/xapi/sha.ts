const isHex = (text: string): boolean => {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    const lower = code | 32;
    if (!((code >= 48 && code <= 57) || (lower >= 97 && lower <= 102))) return false;
  }
  return true;
};

/** Whether the text is a SHA-1 digest in hexadecimal (40 digits, either case). */
export const isSha1 = (text: string): boolean => text.length === 40 && isHex(text);

/** Whether the text is a SHA-224, SHA-256, SHA-384 or SHA-512 digest in hexadecimal (either case). */
export const isSha2 = (text: string): boolean => {
  const digits = text.length;
  return (digits === 64 || digits === 56 || digits === 96 || digits === 128) && isHex(text);
};
