import { mayDeclareAttachments } from '../xapi/declared-attachments.ts';
import { isSha2 } from '../xapi/sha.ts';

type Declaring = { readonly attachments?: unknown; readonly object?: unknown };

/** The sha2, in lower case, of everything that a text which may be a statement declares; nothing is vouched for. */
export const namedAttachments = (text: string): readonly string[] => {
  if (!mayDeclareAttachments(text)) return [];
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return [];
  }
  const object = isObject(value) ? value.object : undefined;
  return [...new Set([value, object].flatMap(declaredBy))];
};

const isObject = (value: unknown): value is Declaring => typeof value === 'object' && value !== null;

const declaredBy = (value: unknown): readonly string[] => {
  const list = isObject(value) ? value.attachments : undefined;
  if (!Array.isArray(list)) return [];
  return list.flatMap((one: { readonly sha2?: unknown } | null) => {
    const sha2 = one?.sha2;
    return typeof sha2 === 'string' && isSha2(sha2) ? [sha2.toLowerCase()] : [];
  });
};
