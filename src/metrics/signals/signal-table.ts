import builtIn from '../../../specs/signals.json' with { type: 'json' };
import { expanderOf, type IrisOf, withoutSlash } from './iri-names.ts';
import { readSignalSource } from './read-signal-source.ts';
import { type ApplicationRule, compileApplication, compileRow, type SignalRule } from './signal-rule.ts';
import { type SignalSource, TYPE_GROUPS, type TypeGroup } from './signal-source.ts';

/** A table of signals made ready for looking up; each look-up takes the same time however long the table is. */
export type SignalTable = {
  /** Of the built-in table, which the installation's rows come before. */
  readonly version: number;
  /** What may apply to a verb, in the order in which it is tried; undefined if no row names the verb. */
  readonly rulesOf: (verb: string) => readonly SignalRule[] | undefined;
  /** The bits of {@link TYPE_GROUPS} of an activity type. */
  readonly groupsOf: (type: string | undefined) => number;
  readonly isWorkPlatform: (platform: string | undefined) => boolean;
  /** Tried in their order. */
  readonly applications: readonly ApplicationRule[];
  readonly source: SignalSource;
};

/**
 * Reads a table in the form of `specs/signals.json`. With a `base`, what is read comes before it: its rows are tried
 * first, its types and platforms are added.
 *
 * @throws Rejection `body-invalid`, each problem with its JSON Pointer.
 */
export const readSignalTable = (value: unknown, base?: SignalTable): SignalTable => {
  const below = base?.source ?? {};
  return compile(joined(readSignalSource(value, Object.keys(below.prefixes ?? {})), below));
};

const joined = (own: SignalSource, below: SignalSource): SignalSource => ({
  version: below.version ?? own.version ?? 1,
  prefixes: { ...below.prefixes, ...own.prefixes },
  types: Object.fromEntries(
    GROUPS.map((group) => [group, [...(own.types?.[group] ?? []), ...(below.types?.[group] ?? [])]]),
  ),
  workPlatforms: [...(own.workPlatforms ?? []), ...(below.workPlatforms ?? [])],
  rows: [...(own.rows ?? []), ...(below.rows ?? [])],
  applications: [...(own.applications ?? []), ...(below.applications ?? [])],
});

const GROUPS = Object.keys(TYPE_GROUPS) as readonly TypeGroup[];

const compile = (source: SignalSource): SignalTable => {
  const irisOf = expanderOf(source.prefixes ?? {});
  const groups = groupTypes(source, irisOf);
  const rules = new Map<string, SignalRule[]>();
  for (const row of source.rows ?? []) {
    const rule = compileRow(row, irisOf);
    for (const verb of irisOf(row.verbs)) rules.set(verb, [...(rules.get(verb) ?? []), rule]);
  }
  const platforms = new Set(source.workPlatforms);
  return {
    version: source.version ?? 1,
    rulesOf: (verb) => rules.get(verb) ?? rules.get(withoutSlash(verb)),
    groupsOf: (type) => (type === undefined ? 0 : (groups.get(type) ?? groups.get(withoutSlash(type)) ?? 0)),
    isWorkPlatform: (platform) => platform !== undefined && platforms.has(platform),
    applications: (source.applications ?? []).map((row) => compileApplication(row, irisOf)),
    source,
  };
};

const groupTypes = (source: SignalSource, irisOf: IrisOf): ReadonlyMap<string, number> => {
  const groups = new Map<string, number>();
  for (const group of GROUPS) {
    for (const type of irisOf(source.types?.[group] ?? [])) {
      groups.set(type, (groups.get(type) ?? 0) | TYPE_GROUPS[group]);
    }
  }
  return groups;
};

/** The table of `specs/signals.json`. */
export const SIGNAL_TABLE: SignalTable = readSignalTable(builtIn);
