import type { Family } from './statement.ts';

/** A part of a statement whose own shape may be wrong: every rule looks before it reads. */
type Part = Readonly<Record<string, unknown>>;

/** A rule that JSON Schema cannot express. The schemas name it, under `x-rules`, where it holds. */
type StatementRule = {
  /** Where inside the part the rule is broken, as the end of a JSON Pointer; undefined if it is kept. */
  readonly brokenAt: (part: unknown) => string | undefined;
  /** One sentence that says what is expected. */
  readonly expects: string;
  readonly clause: Readonly<Record<Family, string>>;
};

const VOIDED = 'http://adlnet.gov/expapi/verbs/voided';

const isPart = (value: unknown): value is Part =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const rawOutside = (score: unknown): string | undefined => {
  if (!isPart(score)) return undefined;
  const { raw, min, max } = score;
  if (typeof raw !== 'number') return undefined;
  const outside = (typeof min === 'number' && raw < min) || (typeof max === 'number' && raw > max);
  return outside ? '/raw' : undefined;
};

const minAboveMax = (score: unknown): string | undefined => {
  if (!isPart(score)) return undefined;
  const { min, max } = score;
  return typeof min === 'number' && typeof max === 'number' && min > max ? '/min' : undefined;
};

const minNotBelowMax = (score: unknown): string | undefined => {
  if (!isPart(score)) return undefined;
  const { min, max } = score;
  return typeof min === 'number' && typeof max === 'number' && min >= max ? '/min' : undefined;
};

/** Up to this many components each is compared with each, which needs no set. */
const FEW = 16;

const idOf = (component: unknown): string | undefined => {
  const id = isPart(component) ? component['id'] : undefined;
  return typeof id === 'string' ? id : undefined;
};

const isAmongEarlier = (components: readonly unknown[], at: number, id: string): boolean => {
  for (let earlier = 0; earlier < at; earlier++) if (idOf(components[earlier]) === id) return true;
  return false;
};

const repeatedId = (components: unknown): string | undefined => {
  if (!Array.isArray(components)) return undefined;
  const seen = components.length > FEW ? new Set<string>() : undefined;
  for (let at = 0; at < components.length; at++) {
    const id = idOf(components[at]);
    if (id === undefined) continue;
    if (seen === undefined ? isAmongEarlier(components, at, id) : seen.has(id)) return `/${at}/id`;
    seen?.add(id);
  }
  return undefined;
};

const isAboutActivity = (statement: Part): boolean => {
  const object = statement['object'];
  if (!isPart(object)) return true;
  const objectType = object['objectType'];
  return objectType === undefined || objectType === 'Activity';
};

const holdsInContext = (statement: unknown, name: 'revision' | 'platform'): boolean => {
  if (!isPart(statement)) return false;
  const context = statement['context'];
  return isPart(context) && context[name] !== undefined && !isAboutActivity(statement);
};

const strayRevision = (statement: unknown): string | undefined =>
  holdsInContext(statement, 'revision') ? '/context/revision' : undefined;

const strayPlatform = (statement: unknown): string | undefined =>
  holdsInContext(statement, 'platform') ? '/context/platform' : undefined;

const voidsNoStatement = (statement: unknown): string | undefined => {
  if (!isPart(statement)) return undefined;
  const { verb, object } = statement;
  if (!isPart(verb) || verb['id'] !== VOIDED) return undefined;
  return isPart(object) && object['objectType'] !== 'StatementRef' ? '/object' : undefined;
};

const SCORE = { '1.0.3': 'Data 2.4.5.1', '2.0.0': '4.2.2.4' };
const CONTEXT = { '1.0.3': 'Data 2.4.6', '2.0.0': '4.2.2.5' };

/** All rules by the names that the schemas use. */
export const STATEMENT_RULES: Readonly<Record<string, StatementRule>> = {
  'raw-within-min-and-max': {
    brokenAt: rawOutside,
    expects: 'The raw score must lie between "min" and "max".',
    clause: SCORE,
  },
  'min-not-above-max': {
    brokenAt: minAboveMax,
    expects: 'The "min" of a score must not be above its "max".',
    clause: SCORE,
  },
  'min-below-max': {
    brokenAt: minNotBelowMax,
    expects: 'The "min" of a score must be below its "max".',
    clause: SCORE,
  },
  'distinct-ids': {
    brokenAt: repeatedId,
    expects: 'The ids of interaction components must be distinct within their list.',
    clause: { '1.0.3': 'Data 2.4.4.1', '2.0.0': '4.2.2.3' },
  },
  'revision-needs-activity': {
    brokenAt: strayRevision,
    expects: 'A "revision" is allowed only if the object is an Activity.',
    clause: CONTEXT,
  },
  'platform-needs-activity': {
    brokenAt: strayPlatform,
    expects: 'A "platform" is allowed only if the object is an Activity.',
    clause: CONTEXT,
  },
  'voids-a-statement': {
    brokenAt: voidsNoStatement,
    expects: 'The verb "voided" needs a StatementRef as its object.',
    clause: { '1.0.3': 'Data 2.3.2', '2.0.0': '4.2.5' },
  },
};
