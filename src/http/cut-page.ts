import type { StoredStatement } from '../statements/statement-store.ts';
import { formatIds } from '../xapi/format-statement.ts';
import { canonicalAsSent, canonicalTexts, type Written } from './canonical-text.ts';
import type { Presentation } from './presentation.ts';
import type { Services } from './services.ts';
import { attachmentsAdded, type ShownAttachment } from './shown-attachments.ts';

/** In characters: what the statements of one answer become, and the definitions that this takes. */
const MOST_TEXT = 16 * 1024 * 1024;
/** In bytes: the attachments of one answer. */
const MOST_ATTACHED = 32 * 1024 * 1024;

/** The first statements of a page, as they are shown. */
export type Cut = {
  readonly texts: readonly string[];
  /** Each distinct attachment whose bytes are here, in the order of the statements. */
  readonly shown: readonly ShownAttachment[];
};

/** As many of the statements as one answer holds, from the first on, and one at least: the rest is another page's. */
export const cutPage = (
  services: Services,
  statements: readonly StoredStatement[],
  presentation: Presentation,
): Promise<Cut> | Cut => {
  const { format, attachments } = presentation;
  if (format === 'canonical' || attachments) return growPage(services, statements, presentation);
  // The store's pages are short enough as they are, and ids only makes them shorter.
  return { texts: statements.map(({ text }) => (format === 'ids' ? formatIds(text) : text)), shown: [] };
};

const growPage = async (
  services: Services,
  statements: readonly StoredStatement[],
  presentation: Presentation,
): Promise<Cut> => {
  const { attachments, isMine } = presentation;
  const write = writerOf(services, presentation);
  const texts: string[] = [];
  const shown = new Map<string, ShownAttachment>();
  let length = 0;
  let bytes = 0;
  for (const { text } of statements) {
    const written = await write(text);
    const added = attachments ? await attachmentsAdded(services.attachments, text, isMine, shown) : [];
    length += written.length;
    bytes += added.reduce((sum, one) => sum + one.length, 0);
    if (texts.length > 0 && (length > MOST_TEXT || bytes > MOST_ATTACHED)) break;
    texts.push(written.text);
    for (const one of added) shown.set(one.sha2, one);
  }
  return { texts, shown: [...shown.values()] };
};

const writerOf = (
  { statements }: Services,
  { format, language, knowsActivities }: Presentation,
): ((text: string) => Written | Promise<Written>) => {
  if (format === 'canonical') {
    return knowsActivities ? canonicalTexts(statements, language) : (text) => canonicalAsSent(text, language);
  }
  return (text) => {
    const written = format === 'ids' ? formatIds(text) : text;
    return { text: written, length: written.length };
  };
};
