import { agentTerm } from '../statements/terms.ts';
import { attributeMatches } from './attribute-matches.ts';
import type { PersonDirectory } from './persons.ts';
import type { CohortRecord } from './record.ts';
import type { Roster } from './roster.ts';
import type { DidRule, Rule } from './rule.ts';

/** Whether a person had done something at a moment; metrics know. */
export type Did = (rule: DidRule, person: string, time: number) => boolean;

/** A cohort as it stands. */
export type Cohort = Omit<CohortRecord, 'record' | 'remove'>;

/** Sets of persons by name. Moments are milliseconds since 1970; persons are named by any of their terms. */
export type Cohorts = {
  /** Takes in a record of the log, in their order: it takes the place of one of the same id. */
  apply(record: CohortRecord): void;
  all(): readonly Cohort[];
  find(id: string): Cohort | undefined;
  /** Whether a person is in a cohort at a moment: by its list or by its rule. Nobody is in one that is not there. */
  has(id: string, person: string, time: number, did: Did): boolean;
  /** Whether a rule holds of a person at a moment. A cohort that is defined by itself is empty in itself. */
  holds(rule: Rule, person: string, time: number, did: Did): boolean;
};

type Asked = {
  readonly person: string;
  readonly time: number;
  readonly did: Did;
  /** The cohorts that are being asked about. */
  readonly within: readonly string[];
};

export const cohorts = (directory: PersonDirectory, roster: Pick<Roster, 'attributesAt'>): Cohorts => {
  const known = new Map<string, Cohort>();
  const listed = listedIn(directory);

  const isIn = (id: string, asked: Asked): boolean => {
    const cohort = known.get(id);
    if (cohort === undefined || asked.within.includes(id)) return false;
    if (listed(cohort).has(directory.personOf(asked.person))) return true;
    return cohort.rule !== undefined && holds(cohort.rule, { ...asked, within: [...asked.within, id] });
  };

  const holds = (rule: Rule, asked: Asked): boolean => {
    if ('all' in rule) return rule.all.every((one) => holds(one, asked));
    if ('any' in rule) return rule.any.some((one) => holds(one, asked));
    if ('not' in rule) return !holds(rule.not, asked);
    if ('cohort' in rule) return isIn(rule.cohort, asked);
    if ('did' in rule) return asked.did(rule, asked.person, asked.time);
    return attributeMatches(rule, attributeOf(rule.attr, asked));
  };

  /** A manager is asked for by the identifier's term, whichever of the person's it is. */
  const attributeOf = (name: string, { person, time }: Asked): string | undefined =>
    roster.attributesAt(person, time).get(name);

  return {
    apply: ({ id, name, list, rule, remove }) => {
      if (remove === true) known.delete(id);
      else known.set(id, withoutAbsent({ id, name, list, rule }));
    },
    all: () => [...known.values()],
    find: (id) => known.get(id),
    has: (id, person, time, did) => isIn(id, { person, time, did, within: [] }),
    holds: (rule, person, time, did) => holds(rule, { person, time, did, within: [] }),
  };
};

/** The canonical terms of those whom a cohort lists; made anew once identifiers may be another person's. */
const listedIn = (directory: PersonDirectory): ((cohort: Cohort) => ReadonlySet<string>) => {
  let made = new WeakMap<Cohort, ReadonlySet<string>>();
  let changes = directory.changes();
  return (cohort) => {
    if (changes !== directory.changes()) made = new WeakMap();
    changes = directory.changes();
    const there = made.get(cohort);
    if (there !== undefined) return there;
    const { list = [] } = cohort;
    const persons = new Set(list.map((identifier) => directory.personOf(agentTerm(identifier) ?? '')));
    made.set(cohort, persons);
    return persons;
  };
};

type Maybe<Whole> = { readonly [Name in keyof Whole]: Whole[Name] | undefined };

const withoutAbsent = (cohort: Maybe<Required<Cohort>>): Cohort =>
  Object.fromEntries(Object.entries(cohort).filter(([, value]) => value !== undefined)) as Cohort;
