import type { Fact } from '../fact.ts';
import { columns } from './columns.ts';

/** Bits of a fact's `flags`; kept on disk, so none is ever reused. The three bits from `evidence` on hold its level, plus one. */
export const FACT = {
  isTeam: 1 << 0,
  byOthers: 1 << 1,
  success: 1 << 2,
  noSuccess: 1 << 3,
  completion: 1 << 4,
  noCompletion: 1 << 5,
  carriedOver: 1 << 6,
  dateUnknown: 1 << 7,
  unscaled: 1 << 8,
  future: 1 << 9,
  past: 1 << 10,
  mapped: 1 << 11,
  evidence: 1 << 12,
  /** Not a property of the fact, but of all that is stored: a void has taken it back. */
  voided: 1 << 15,
} as const;

const EVIDENCE_BITS = 7;

/** Facts in the order of storing. Numbers of strings are those of the dictionaries; 0 is none. */
export const factColumns = () =>
  columns({
    /** Whole milliseconds since 1970. */
    time: 'f64',
    /** How long after `time` it was stored, in seconds. */
    lateness: 'f32',
    position: 'u32',
    subject: 'u32',
    activity: 'u32',
    root: 'u32',
    /** A hash: registrations are only compared, and only within a person and a course. */
    registration: 'u32',
    verb: 'u32',
    authority: 'u32',
    platform: 'u32',
    signals: 'u32',
    /** Of the statement's id. */
    hash: 'u32',
    flags: 'u16',
    /** Row of the details, plus one; 0 for a fact without any. */
    detail: 'u32',
    /** The fact of the same subject that was stored before, plus one. */
    earlier: 'u32',
  });

/** What only some facts have. NaN is none. */
export const detailColumns = () =>
  columns({
    scaled: 'f64',
    /** Milliseconds. */
    duration: 'f64',
    due: 'f64',
    validUntil: 'f64',
    progress: 'f32',
    trials: 'f32',
    confidence: 'f64',
    level: 'f64',
    observer: 'u32',
    /** A list of activities, as a word. */
    skills: 'u32',
    /** A hash, as they are only compared. */
    session: 'u32',
    response: 'u32',
  });

export type FactColumns = ReturnType<typeof factColumns>;
export type DetailColumns = ReturnType<typeof detailColumns>;

export const flagsOf = (fact: Fact): number => {
  let flags = 0;
  if (fact.isTeam) flags |= FACT.isTeam;
  if (fact.byOthers) flags |= FACT.byOthers;
  if (fact.success !== undefined) flags |= fact.success ? FACT.success : FACT.noSuccess;
  if (fact.completion !== undefined) flags |= fact.completion ? FACT.completion : FACT.noCompletion;
  return flags | rareFlags(fact);
};

const rareFlags = (fact: Fact): number => {
  let flags = fact.isMapped ? FACT.mapped : 0;
  if (fact.isCarriedOver === true) flags |= FACT.carriedOver;
  if (fact.isDateUnknown === true) flags |= FACT.dateUnknown;
  if (fact.isUnscaled === true) flags |= FACT.unscaled;
  if (fact.skew !== undefined) flags |= fact.skew === 'future' ? FACT.future : FACT.past;
  if (fact.evidence !== undefined) flags |= (fact.evidence + 1) * FACT.evidence;
  return flags;
};

/** The level of evidence in a fact's flags; -1 if it has none. */
export const evidenceIn = (flags: number): number => ((flags / FACT.evidence) & EVIDENCE_BITS) - 1;

/** Looked up once: where modules run in a context of their own, a global costs more than what it is called for. */
const { imul } = Math;

/** A hash of a string that is only compared; never 0. */
export const textHash = (text: string): number => {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash = imul(hash ^ (hash >>> 16), 0x2c1b3c6d);
  return (hash ^ (hash >>> 15)) >>> 0 || 1;
};
