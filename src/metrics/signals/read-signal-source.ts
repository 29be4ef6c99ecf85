import { isIri } from '../../xapi/iri.ts';
import { type Problem, Rejection } from '../../xapi/rejection.ts';
import { EVIDENCE } from '../fact.ts';
import { SIGNALS } from '../signal.ts';
import { type Check, flag, listOf, mapOf, objectOf, oneOf, text, whole } from './json-checks.ts';
import { type SignalSource, TYPE_GROUPS } from './signal-source.ts';

/**
 * Reads a table of signals; `prefixes` are those of the table that it extends. All that is wrong is told at once.
 *
 * @throws Rejection `body-invalid`, each problem with its JSON Pointer.
 */
export const readSignalSource = (value: unknown, prefixes: readonly string[]): SignalSource => {
  const problems: Problem[] = [];
  const own = (value as SignalSource | null | undefined)?.prefixes;
  const known = new Set([...prefixes, ...Object.keys(own ?? {})]);
  sourceCheck(known)(value, '', (pointer, message) => problems.push({ pointer, message }));
  if (problems.length > 0) throw new Rejection('body-invalid', problems);
  return value as SignalSource;
};

const sourceCheck = (prefixes: ReadonlySet<string>): Check => {
  const name = nameCheck(prefixes);
  const names = listOf(name);
  return objectOf({
    version: whole,
    prefixes: mapOf(listOf(baseIri)),
    types: objectOf(Object.fromEntries(Object.keys(TYPE_GROUPS).map((group) => [group, names]))),
    workPlatforms: listOf(text, 0),
    rows: listOf(rowCheck(name), 0),
    applications: listOf(applicationCheck(name), 0),
  });
};

const rowCheck = (name: Check): Check =>
  objectOf(
    {
      verbs: listOf(name),
      objects: listOf(oneOf(['Activity', 'Agent', 'Group', 'StatementRef'])),
      types: listOf(typeCheck(name)),
      categories: listOf(name),
      platforms: listOf(text),
      where: oneOf(['work', 'simulation']),
      completion: flag,
      success: flag,
      scored: flag,
      observed: flag,
      signals: listOf(oneOf(Object.keys(SIGNALS)), 0),
      byOthers: flag,
      subject: oneOf(['object']),
      expandsGroup: flag,
    },
    ['verbs', 'signals'],
  );

const applicationCheck = (name: Check): Check =>
  objectOf(
    {
      verbs: listOf(name),
      observer: oneOf(['none', 'self', 'other']),
      source: oneOf(['system', 'unknown']),
      judged: flag,
      scored: flag,
      evidence: oneOf(Object.keys(EVIDENCE)),
    },
    ['evidence'],
  );

const baseIri: Check = (value, pointer, tell) => {
  if (typeof value !== 'string' || !isIri(value)) tell(pointer, 'Expected an IRI.');
};

/** Schemes of IRIs that have no `//`. */
const BARE_SCHEMES = ['urn', 'tag'];

/** `prefix:rest`, or an IRI. One whose scheme is no prefix, without `//`, is most likely a prefix written wrongly. */
const nameCheck =
  (prefixes: ReadonlySet<string>): Check =>
  (value, pointer, tell) => {
    const [prefix, rest] = partsOf(value);
    if (rest === '') tell(pointer, 'Expected an IRI, or a prefix, a colon and a name.');
    else if (prefixes.has(prefix)) return;
    else if (!BARE_SCHEMES.includes(prefix) && !rest.startsWith('//')) {
      oneOf([...prefixes])(prefix, pointer, tell);
    } else baseIri(value, pointer, tell);
  };

/** What stands before and after the first colon. */
const partsOf = (value: unknown): [prefix: string, rest: string] => {
  if (typeof value !== 'string') return ['', ''];
  const colon = value.indexOf(':');
  return colon < 1 ? ['', ''] : [value.slice(0, colon), value.slice(colon + 1)];
};

const typeCheck =
  (name: Check): Check =>
  (value, pointer, tell) => {
    if (typeof value === 'string' && value.startsWith('@')) {
      oneOf(Object.keys(TYPE_GROUPS))(value.slice(1), pointer, tell);
    } else name(value, pointer, tell);
  };
