/** How an entry's text is kept in its row. */
export const encodeText = (text: string): Buffer => Buffer.from(text, 'utf8');

export const decodeText = (body: Buffer): string => body.toString('utf8');
