import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { isContentType } from '../../src/xapi/content-type.ts';
import { isDuration } from '../../src/xapi/duration.ts';
import { isIri } from '../../src/xapi/iri.ts';
import { isLanguageTag } from '../../src/xapi/language-tag.ts';
import { isMailbox } from '../../src/xapi/mailbox.ts';
import { isSha1, isSha2 } from '../../src/xapi/sha.ts';
import type { Family } from '../../src/xapi/statement.ts';
import { STATEMENT_RULES } from '../../src/xapi/statement-rules.ts';
import { isTimestamp } from '../../src/xapi/timestamp.ts';
import { isUuid } from '../../src/xapi/uuid.ts';
import { isStatement, problemsOfActor, problemsOfStatement } from '../../src/xapi/validate-statement.ts';
import {
  ADA,
  ATTACHMENT,
  BOB,
  COURSE,
  CREW,
  REFERENCE,
  STATEMENT,
  SUB_STATEMENT,
  TEAM,
} from './statement-sample.ts';

const FAMILIES: readonly Family[] = ['1.0.3', '2.0.0'];

const schemaOf = (family: Family): object =>
  JSON.parse(readFileSync(`specs/statement-${family}.schema.json`, 'utf8')) as object;

/** The published schemas as any client would use them, with the formats and rules told. */
const published = Object.fromEntries(
  FAMILIES.map((family) => {
    const ajv = new Ajv2020({ strictTypes: false, strictNumbers: false, validateSchema: true });
    const formats = {
      iri: isIri,
      uuid: isUuid,
      timestamp: isTimestamp,
      duration: isDuration,
      mailbox: isMailbox,
    };
    const others = { 'language-tag': isLanguageTag, sha1: isSha1, sha2: isSha2, 'media-type': isContentType };
    for (const [name, check] of Object.entries({ ...formats, ...others })) ajv.addFormat(name, check);
    ajv.addVocabulary(['x-says', 'x-clause']);
    ajv.addKeyword({
      keyword: 'x-rules',
      validate: (rules: readonly string[], part: unknown) =>
        rules.every((rule) => STATEMENT_RULES[rule]?.brokenAt(part) === undefined),
    });
    return [family, ajv.compile(schemaOf(family))];
  }),
);

const anyJson = fc.json({ maxDepth: 5 }).map((text) => JSON.parse(text) as unknown);

/** The names that mean something, and some that mean too much. */
const names = fc.constantFrom(
  ...Object.keys({ ...STATEMENT, ...SUB_STATEMENT, ...ATTACHMENT, ...BOB, ...CREW, ...TEAM }),
  ...[
    'id',
    'definition',
    'extensions',
    'result',
    'score',
    'raw',
    'min',
    'max',
    'scaled',
    'context',
    'revision',
  ],
  ...[
    'contextActivities',
    'parent',
    'contextAgents',
    'authority',
    'interactionType',
    'choices',
    'description',
  ],
  ...['__proto__', 'constructor', 'toString', '', 'x:y', 'en'],
);

const values = fc.oneof(
  fc.constantFrom<unknown>(
    ADA,
    BOB,
    TEAM,
    CREW,
    COURSE,
    REFERENCE,
    STATEMENT,
    SUB_STATEMENT,
    [ATTACHMENT],
    [ADA],
  ),
  fc.constantFrom<unknown>(
    'Agent',
    'Group',
    'Activity',
    'SubStatement',
    'choice',
    'x:y',
    'en',
    true,
    null,
    0,
    1,
    2,
  ),
  anyJson,
);

/** Statement-like things: objects of known names, some levels deep, each value plausible or not. */
const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4 },
    values,
    fc
      .array(fc.tuple(names, tie('tree')), { maxLength: 6 })
      .map((pairs) => Object.fromEntries(pairs) as unknown),
    fc.array(tie('tree'), { maxLength: 3 }),
  ),
}));

const members = (most: number) =>
  fc.array(fc.tuple(names, tree), { maxLength: most }).map((pairs) => Object.fromEntries(pairs) as object);

const nearlyStatements = fc.oneof(
  members(3).map((some): unknown => ({ ...STATEMENT, ...some })),
  members(2).map((some): unknown => ({ ...STATEMENT, object: { ...SUB_STATEMENT, ...some } })),
  tree,
  anyJson,
);

const families = fc.constantFrom(...FAMILIES);

describe('isStatement', () => {
  it('is true exactly when there is no problem, and never throws', () => {
    fc.assert(
      fc.property(nearlyStatements, families, (value, family) => {
        expect(isStatement(value, family)).toBe(problemsOfStatement(value, family).length === 0);
      }),
      { numRuns: 2000 },
    );
  });

  it('agrees with the published schema', () => {
    fc.assert(
      fc.property(nearlyStatements, families, (value, family) => {
        expect(isStatement(value, family)).toBe(published[family]?.(value));
      }),
      { numRuns: 2000 },
    );
  });

  it('is not always false on what is tried here', () => {
    const tried = fc.sample(nearlyStatements, { numRuns: 500, seed: 1 });
    expect(tried.filter((value) => isStatement(value, '2.0.0')).length).toBeGreaterThan(20);
  });
});

/** What a JSON Pointer leads to, or its last name's parent if a name is what is wrong. */
const follow = (value: unknown, pointer: string): unknown => {
  const names = pointer.split('/').slice(1);
  return names.reduce<unknown>((part, name) => {
    expect(Object(part)).toHaveProperty([name.replaceAll('~1', '/').replaceAll('~0', '~')]);
    return (part as Record<string, unknown>)[name.replaceAll('~1', '/').replaceAll('~0', '~')];
  }, value);
};

describe('problemsOfStatement', () => {
  it('points at something that is there', () => {
    fc.assert(
      fc.property(nearlyStatements, families, (value, family) => {
        for (const { pointer } of problemsOfStatement(value, family)) follow(value, pointer);
      }),
    );
  });
});

describe('problemsOfActor', () => {
  it('agrees with the statement on whoever acts, but for Groups without an identifier', () => {
    fc.assert(
      fc.property(tree, families, (actor, family) => {
        const alone = problemsOfActor(actor, 'agent-or-identified-group', family);
        const inside = problemsOfStatement({ ...STATEMENT, actor }, family);
        if (alone.length === 0) expect(inside).toEqual([]);
        if (inside.length > 0) expect(alone).not.toEqual([]);
      }),
    );
  });
});

describe('the two schemas', () => {
  it('differ only by clauses, the new arrays, the version and the min of a score', () => {
    const strip = (part: unknown): unknown => {
      if (Array.isArray(part)) return part.map(strip);
      if (typeof part !== 'object' || part === null) return part;
      const kept = Object.entries(part).filter(([key]) => key !== 'x-clause');
      return Object.fromEntries(kept.map(([key, value]) => [key, strip(value)]));
    };
    type Schema = { $defs: Record<string, { properties: Record<string, unknown>; 'x-rules'?: string[] }> } & {
      $id: string;
      title: string;
      properties: Record<string, unknown>;
    };
    const [first, second] = FAMILIES.map((family) => strip(schemaOf(family)) as Schema) as [Schema, Schema];
    for (const schema of [first, second]) {
      schema.$id = schema.title = '';
      delete schema.properties['version'];
      expect(schema.$defs['score']?.['x-rules']?.pop()).toMatch(/^min-(below|not-above)-max$/);
    }
    for (const name of ['contextAgent', 'contextGroup', 'relevantTypes']) delete second.$defs[name];
    for (const name of ['contextAgents', 'contextGroups']) delete second.$defs['context']?.properties[name];
    expect(second).toEqual(first);
  });
});
