import { once } from 'node:events';
import { createWriteStream, existsSync, readFileSync, type WriteStream } from 'node:fs';
import { transferAttachment } from '../http/transfer-attachment.ts';
import type { SentAttachment } from '../statements/statement-store.ts';
import { compactJson } from '../xapi/scan-json.ts';
import type { RefusedOrigin } from './batch-elements.ts';

/** Tells of what an import refuses, and keeps it in a file that can be mended and imported. */
export type Refusals = {
  tell(refused: RefusedOrigin, attachments: readonly SentAttachment[]): Promise<void>;
  close(): Promise<void>;
};

/** `flags`: `w` for a new file, `a` to go on with one. */
export const refusals = (
  print: (line: string) => void,
  path: string | undefined,
  flags: 'w' | 'a',
): Refusals => {
  const file = path === undefined ? undefined : createWriteStream(path, { flags, mode: 0o600 });
  const failed =
    file === undefined ? undefined : once(file, 'error').then(([error]) => Promise.reject(error));
  failed?.catch(() => undefined);
  const headers = headersOf(path, flags);
  return {
    tell: async (refused, attachments) => {
      print(refusalText(refused));
      if (file === undefined) return;
      for (const line of [...headers.before(refused), ...linesOf(refused, attachments)]) {
        if (!file.write(`${line}\n`)) await Promise.race([once(file, 'drain'), failed]);
      }
    },
    close: async () => {
      if (file !== undefined) await Promise.race([ended(file), failed]);
    },
  };
};

const ended = (file: WriteStream): Promise<void> => new Promise((done) => file.end(done));

/** Rows stand below the names of their columns, as in the table that they come from. */
const headersOf = (path: string | undefined, flags: 'w' | 'a') => {
  const kept = path !== undefined && flags === 'a' && existsSync(path) ? readFileSync(path, 'utf8') : '';
  let last = '';
  return {
    before: ({ origin: { row } }: RefusedOrigin): readonly string[] => {
      if (row === undefined || row.header === last) return [];
      const isThere = last === '' && kept.startsWith(`${row.header}\n`);
      last = row.header;
      return isThere ? [] : [row.header];
    },
  };
};

/** `line 12, <id>: statement-invalid`, or `people.csv:12` of a table, and each problem below it. */
const refusalText = ({ origin, element }: RefusedOrigin): string => {
  const name = element.id === undefined ? '' : `, ${element.id}`;
  const problems = element.problems.map(({ pointer, message, clause }) => {
    const place = pointer === '' ? '' : `${pointer}: `;
    return `  ${place}${message}${clause === undefined ? '' : ` (${clause})`}`;
  });
  const place = origin.row === undefined ? `line ${origin.line}` : `${origin.row.file}:${origin.line}`;
  return [`${place}${name}: ${element.reason}`, ...problems].join('\n');
};

/** The attachments that the element needs, and the element itself on one line. */
const linesOf = ({ origin }: RefusedOrigin, attachments: readonly SentAttachment[]): readonly string[] => {
  const needed = attachments.filter(({ sha2 }) => origin.names.includes(sha2)).map(transferAttachment);
  if (origin.row !== undefined) return origin.row.text === '' ? [] : [origin.row.text];
  const text = origin.bytes.toString('utf8').trim();
  return text === '' ? needed : [...needed, text.includes('\n') ? compactJson(text) : text];
};
