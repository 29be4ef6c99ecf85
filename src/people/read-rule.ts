import { isDuration } from '../xapi/duration.ts';
import { isIri } from '../xapi/iri.ts';
import {
  isObject,
  type JsonReader,
  lineOf,
  listOf,
  needed,
  objectOf,
  oneOf,
  optional,
  textOf,
} from '../xapi/json-reader.ts';
import type { Problem } from '../xapi/rejection.ts';
import { suggestName } from '../xapi/suggest-name.ts';
import { type AttributeRule, type DidRule, OPERATORS, type Rule } from './rule.ts';

/** How deep rules may stand in each other. */
const MOST_DEPTH = 20;

const KINDS = ['all', 'any', 'not', 'cohort', 'attr', 'did'] as const;
type Kind = (typeof KINDS)[number];

/** Reads a rule; `signals` are the names that `did` may have. */
export const ruleReader = (signals: readonly string[]): JsonReader<Rule> => {
  const did = objectOf<DidRule>({
    did: needed(signalReader(signals)),
    object: optional(textOf(isIri, 'an IRI with a scheme')),
    within: optional(textOf(isDuration, 'an ISO 8601 duration')),
    of: optional(oneOf(['hire'])),
  });
  const readers = (depth: number): Readonly<Record<Kind, JsonReader<Rule>>> => ({
    all: objectOf<{ readonly all: readonly Rule[] }>({ all: needed(listOf(ruleAt(depth))) }),
    any: objectOf<{ readonly any: readonly Rule[] }>({ any: needed(listOf(ruleAt(depth), 1)) }),
    not: objectOf<{ readonly not: Rule }>({ not: needed(ruleAt(depth)) }),
    cohort: objectOf<{ readonly cohort: string }>({ cohort: needed(lineOf(200)) }),
    attr: attribute,
    did,
  });
  const ruleAt =
    (depth: number): JsonReader<Rule> =>
    (value, at, problems) => {
      if (depth > MOST_DEPTH)
        return tell(problems, at, `Rules stand at most ${MOST_DEPTH} deep in each other.`);
      const kind = isObject(value) ? KINDS.find((one) => Object.hasOwn(value, one)) : undefined;
      if (kind === undefined) return tell(problems, at, notARule(value));
      return readers(depth + 1)[kind](value, at, problems);
    };
  return ruleAt(1);
};

const notARule = (value: unknown): string => {
  const names = isObject(value) ? Object.keys(value) : [];
  const meant = names.map((name) => suggestName(name, KINDS)).find((name) => name !== undefined);
  const hint = meant === undefined ? '' : ` Did you mean ${meant}?`;
  return `Expected a rule: an object with one of ${KINDS.join(', ')}.${hint}`;
};

const tell = (problems: Problem[], pointer: string, message: string): undefined => {
  problems.push({ pointer, message });
  return undefined;
};

const signalReader =
  (signals: readonly string[]): JsonReader<string> =>
  (value, at, problems) => {
    if (typeof value === 'string' && signals.includes(value)) return value;
    const meant = typeof value === 'string' ? suggestName(value, signals) : undefined;
    const hint = meant === undefined ? `There are ${signals.join(', ')}.` : `Did you mean ${meant}?`;
    return tell(problems, at, `Expected a signal. ${hint}`);
  };

const attributeValue: JsonReader<string | readonly string[]> = (value, at, problems) =>
  Array.isArray(value) ? listOf(lineOf(500), 1)(value, at, problems) : lineOf(500)(value, at, problems);

const attribute = objectOf<AttributeRule>(
  { attr: needed(lineOf(200)), op: needed(oneOf(OPERATORS)), value: needed(attributeValue) },
  ({ op, value }) => {
    const wantsList = op === 'in' || op === 'notIn';
    if (wantsList === Array.isArray(value)) return undefined;
    return wantsList ? `${op} needs a list as value.` : `${op} needs a text as value.`;
  },
);
