/** The characters of an HTTP token (RFC 9110, 5.6.2). */
const TOKEN = Uint8Array.from({ length: 128 }, (_, code) =>
  /[A-Za-z0-9!#$%&'*+.^_`|~-]/.test(String.fromCharCode(code)) ? 1 : 0,
);

/** Index of the first character at or after `from` that is no token character. */
const tokenEnd = (text: string, from: number): number => {
  let at = from;
  while (at < text.length && TOKEN[text.charCodeAt(at)] === 1) at++;
  return at;
};

const isBlank = (code: number): boolean => code === 32 || code === 9;

/** Whether nothing but parameters follows: blanks, then the end or a semicolon and no controls. */
const holdsParameters = (text: string, from: number): boolean => {
  let at = from;
  while (isBlank(text.charCodeAt(at))) at++;
  if (at < text.length && text.charCodeAt(at) !== 59) return false;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if ((code < 32 && code !== 9) || code === 127) return false;
  }
  return true;
};

/** Whether the text is an Internet media type: `type/subtype`, then perhaps parameters, whose inside is not judged. */
export const isContentType = (text: string): boolean => {
  const slash = tokenEnd(text, 0);
  if (slash === 0 || text.charCodeAt(slash) !== 47) return false;
  const end = tokenEnd(text, slash + 1);
  return end > slash + 1 && holdsParameters(text, end);
};
