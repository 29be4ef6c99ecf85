import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { readTargets } from '../forwarding/read-targets.ts';
import type { Target } from '../forwarding/target.ts';
import { unquoted } from './fault-text.ts';

/** The targets of forwarding; files of secrets are found from the folder of the file that names them. */
export const readForwardingFile = (path: string | undefined, complaints: string[]): readonly Target[] => {
  if (path === undefined) return [];
  const text = contentOf(path);
  if (text === undefined) {
    complaints.push(`CAIRN_FORWARDING_FILE names ${path}, which cannot be read.`);
    return [];
  }
  return readTargets(
    text,
    (name) => contentOf(resolve(dirname(path), name)),
    (pointer, message) => {
      const place = pointer === '' ? 'as a whole' : pointer;
      // The file may hold secrets, and what is no JSON is quoted.
      complaints.push(`CAIRN_FORWARDING_FILE, ${place}: ${unquoted(message)}`);
    },
  );
};

const contentOf = (path: string): string | undefined => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
};
