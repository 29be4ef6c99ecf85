import type { SentStatement } from './read-statements.ts';

/** The id that was minted while reading, which stands last, gives way to one that was chosen. */
export const nameStatement = (sent: SentStatement, idAsSent: string): SentStatement => ({
  ...sent,
  id: idAsSent.toLowerCase(),
  idAsSent,
  open: `${sent.open.slice(0, -sent.id.length - 1)}${idAsSent}"`,
});
