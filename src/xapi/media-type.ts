/** The type and subtype of a Content-Type, lower case, without parameters: `text/plain` of `Text/Plain; charset=x`. */
export const mediaTypeOf = (contentType: string): string =>
  (contentType.split(';', 1)[0] as string).trim().toLowerCase();
