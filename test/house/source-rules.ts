import { basename } from 'node:path';
import type { SourceFile } from './source-files.ts';

/** What is wrong with a file, as sentences; none if nothing is. */
export type SourceRule = (file: SourceFile) => string[];

const VAGUE = /(^|[/-])(utils?|utilities|common|helpers?|shared|misc)([/.-]|$)/;
const OPEN_ENDS = new RegExp(`\\b(${['TO-DO', 'FIX-ME'].join('|').replaceAll('-', '')})\\b`);
const DECLARED =
  /^export (?:declare )?(?:abstract )?(?:async )?(?:const|let|function\*?|class|type|interface) (\w+)/gm;
const LISTED = /^export (?:type )?\{([^}]*)\}/gm;

const kebab = (name: string): string =>
  name
    .replaceAll('_', '-')
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1-$2')
    .replace(/-(\d)/g, '$1')
    .toLowerCase();

const exportedNames = (text: string): string[] => [
  ...[...text.matchAll(DECLARED)].map(([, name]) => name ?? ''),
  ...[...text.matchAll(LISTED)].flatMap(([, names]) =>
    (names ?? '').split(',').map((name) => name.trim().split(/\s+/).at(-1) ?? ''),
  ),
];

/** Not longer than a reader can hold, unless it is one of the data tables. */
export const atMostLines =
  (limit: number, dataTables: readonly string[]): SourceRule =>
  ({ path, text }) => {
    const lines = text.replace(/\n$/, '').split('\n').length;
    return lines <= limit || dataTables.includes(path) ? [] : [`${path} has ${lines} lines`];
  };

/** Two words of one stem: `equivalence` and `equivalent`, `match` and `matches`. */
const areOfOneStem = (a: string, b: string): boolean => {
  let same = 0;
  while (same < a.length && a[same] === b[same]) same += 1;
  return same >= 3 && same >= Math.max(a.length, b.length) - 4;
};

/** The file is named by its main export, or by the noun that its exports are about. */
export const namedByMainExport =
  (entries: readonly string[]): SourceRule =>
  ({ path, text }) => {
    const exported = exportedNames(text).map(kebab);
    const words = exported.flatMap((name) => name.split('-'));
    const own = kebab(basename(path, '.ts')).split('-');
    if (entries.includes(path) || own.some((word) => words.some((other) => areOfOneStem(word, other))))
      return [];
    return [`${path} exports ${exported.join(', ') || 'nothing'}`];
  };

export const noVagueName: SourceRule = ({ path }) =>
  VAGUE.test(path) ? [`${path} does not say what it holds`] : [];

export const noDefaultExport: SourceRule = ({ path, text }) =>
  /^export default\b|^export \{[^}]*\bas default\b/m.test(text) ? [`${path} has a default export`] : [];

export const noOpenEnd: SourceRule = ({ path, text }) =>
  text.split('\n').flatMap((line, at) => (OPEN_ENDS.test(line) ? [`${path}:${at + 1} ${line.trim()}`] : []));
