import { SIGNALS } from '../signal.ts';
import { applies, type Shape, type SignalRule } from './signal-rule.ts';
import { TYPE_GROUPS } from './signal-source.ts';
import type { SignalTable } from './signal-table.ts';

/** The first of a verb's rules that holds for the statement. */
export const findRule = (rules: readonly SignalRule[] | undefined, shape: Shape): SignalRule | undefined => {
  if (rules === undefined) return undefined;
  for (const rule of rules) if (applies(rule.conditions, shape)) return rule;
  return undefined;
};

/**
 * The bits of {@link SIGNALS}: what the rule says and what the result says.
 *
 * @param isPart whether the object is a question within something else: its result is an answer and no more.
 */
export const findSignals = (rule: SignalRule | undefined, shape: Shape, isPart: boolean): number => {
  const said = rule === undefined ? 0 : corrected(inContext(rule.signals, shape), shape);
  if (shape.object !== 'Activity' || (said & SIGNALS.waived) !== 0) return said;
  return said | (isPart ? signalsOfAnswer(shape) : signalsOfResult(shape, said));
};

/** How well an application is known, of {@link EVIDENCE}; 0 if no row of the table holds. */
export const findEvidence = (shape: Shape, table: SignalTable): number => {
  for (const { conditions, evidence } of table.applications) {
    if (applies(conditions, shape)) return evidence;
  }
  return 0;
};

/** A skill is applied at work; elsewhere, or where that is not said, it is practised. */
const inContext = (signals: number, { where }: Shape): number =>
  (signals & SIGNALS.applied) === 0 || where === 'work'
    ? signals
    : (signals & ~SIGNALS.applied) | SIGNALS.practised;

const USED = SIGNALS.applied | SIGNALS.practised;

/** Where verb and result contradict each other the result counts. */
const corrected = (signals: number, { completion, success }: Shape): number => {
  let bits = signals;
  if (completion === false && (bits & SIGNALS.completed) !== 0) bits &= ~(SIGNALS.completed | USED);
  if (success === false && (bits & SIGNALS.passed) !== 0)
    bits = (bits & ~(SIGNALS.passed | USED)) | SIGNALS.failed;
  if (success === true && (bits & SIGNALS.failed) !== 0) bits = (bits & ~SIGNALS.failed) | SIGNALS.passed;
  return bits;
};

const signalsOfAnswer = ({ success, isScored }: Shape): number =>
  success === undefined && !isScored ? 0 : SIGNALS.answered;

const signalsOfResult = ({ completion, success, isScored, groups }: Shape, said: number): number => {
  let bits = 0;
  if (completion === true) bits |= SIGNALS.completed;
  if (isScored) bits |= SIGNALS.submitted;
  const isAssessed = isScored || (groups & TYPE_GROUPS.assessed) !== 0 || (said & SIGNALS.submitted) !== 0;
  if (success !== undefined && isAssessed) bits |= success ? SIGNALS.passed : SIGNALS.failed;
  return bits;
};
