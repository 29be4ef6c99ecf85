const PREFIX = 'mailto:';

/** White space, controls and <>",;?\ have no place in one plain address. */
const isAddressCode = (code: number): boolean =>
  code > 32 &&
  code !== 34 &&
  code !== 44 &&
  code !== 59 &&
  code !== 60 &&
  code !== 62 &&
  code !== 63 &&
  code !== 92 &&
  (code < 127 || code > 159);

/**
 * Whether the text is `mailto:` (in lower case) and one address: something, one @, something.
 * Plus signs, letters of any script and hosts without a dot are fine; `?subject=` is not.
 */
export const isMailbox = (text: string): boolean => {
  if (!text.startsWith(PREFIX)) return false;
  let sign = -1;
  for (let at = PREFIX.length; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (!isAddressCode(code) || (code === 64 && sign >= 0)) return false;
    if (code === 64) sign = at;
  }
  return sign > PREFIX.length && sign < text.length - 1;
};
