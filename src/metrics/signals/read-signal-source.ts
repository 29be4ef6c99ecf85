import { isIri } from '../../xapi/iri.ts';
import {
  booleanValue,
  type JsonReader,
  listOf,
  type Members,
  mapOf,
  needed,
  objectOf,
  oneOf,
  optional,
  readAll,
  textOf,
  wholeFrom,
} from '../../xapi/json-reader.ts';
import { EVIDENCE } from '../fact.ts';
import { SIGNALS, type Signal } from '../signal.ts';
import {
  type ApplicationRow,
  type SignalRow,
  type SignalSource,
  TYPE_GROUPS,
  type TypeGroup,
} from './signal-source.ts';

/**
 * Reads a table of signals; `prefixes` are those of the table that it extends. All that is wrong is told at once.
 *
 * @throws Rejection `body-invalid`, each problem with its JSON Pointer.
 */
export const readSignalSource = (value: unknown, prefixes: readonly string[]): SignalSource => {
  const own = (value as SignalSource | null | undefined)?.prefixes;
  return readAll(value, sourceReader(new Set([...prefixes, ...Object.keys(own ?? {})])));
};

const sourceReader = (prefixes: ReadonlySet<string>): JsonReader<SignalSource> => {
  const name = nameReader(prefixes);
  const names = listOf(name, 1);
  const groups = Object.fromEntries(TYPE_GROUP_NAMES.map((group) => [group, optional(names)]));
  return objectOf<SignalSource>({
    version: optional(wholeFrom(1, Number.MAX_SAFE_INTEGER)),
    prefixes: optional(mapOf(listOf(iri, 1), () => undefined)),
    types: optional(objectOf(groups as Members<NonNullable<SignalSource['types']>>)),
    workPlatforms: optional(listOf(text)),
    rows: optional(listOf(rowReader(name))),
    applications: optional(listOf(applicationReader(name))),
  });
};

const TYPE_GROUP_NAMES = Object.keys(TYPE_GROUPS) as readonly TypeGroup[];

const text = textOf(() => true, 'a text that is not empty, in one line');
const iri = textOf(isIri, 'an IRI');

const rowReader = (name: JsonReader<string>): JsonReader<SignalRow> =>
  objectOf<SignalRow>({
    verbs: needed(listOf(name, 1)),
    objects: optional(listOf(oneOf(['Activity', 'Agent', 'Group', 'StatementRef']), 1)),
    types: optional(listOf(typeReader(name), 1)),
    categories: optional(listOf(name, 1)),
    platforms: optional(listOf(text, 1)),
    where: optional(oneOf(['work', 'simulation'])),
    completion: optional(booleanValue),
    success: optional(booleanValue),
    scored: optional(booleanValue),
    observed: optional(booleanValue),
    signals: needed(listOf(oneOf(Object.keys(SIGNALS) as readonly Signal[]))),
    byOthers: optional(booleanValue),
    subject: optional(oneOf(['object'])),
    expandsGroup: optional(booleanValue),
  });

const applicationReader = (name: JsonReader<string>): JsonReader<ApplicationRow> =>
  objectOf<ApplicationRow>({
    verbs: optional(listOf(name, 1)),
    observer: optional(oneOf(['none', 'self', 'other'])),
    source: optional(oneOf(['system', 'unknown'])),
    judged: optional(booleanValue),
    scored: optional(booleanValue),
    evidence: needed(oneOf(Object.keys(EVIDENCE) as readonly (keyof typeof EVIDENCE)[])),
  });

/** Schemes of IRIs that have no `//`. */
const BARE_SCHEMES = ['urn', 'tag'];

/** `prefix:rest`, or an IRI. One whose scheme is no prefix, without `//`, is most likely a prefix written wrongly. */
const nameReader = (prefixes: ReadonlySet<string>): JsonReader<string> =>
  textOf(
    (name) => {
      const [prefix, rest] = partsOf(name);
      if (rest === '') return false;
      if (prefixes.has(prefix)) return true;
      return (BARE_SCHEMES.includes(prefix) || rest.startsWith('//')) && isIri(name);
    },
    `an IRI, or one of the prefixes ${[...prefixes].join(', ')}, a colon and a name`,
  );

/** What stands before and after the first colon. */
const partsOf = (name: string): [prefix: string, rest: string] => {
  const colon = name.indexOf(':');
  return colon < 1 ? ['', ''] : [name.slice(0, colon), name.slice(colon + 1)];
};

const GROUPS = TYPE_GROUP_NAMES.map((group) => `@${group}`);

const typeReader = (name: JsonReader<string>): JsonReader<string> => {
  const group = oneOf(GROUPS);
  return (value, at, problems) =>
    (typeof value === 'string' && value.startsWith('@') ? group : name)(value, at, problems);
};
