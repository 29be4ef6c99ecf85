import { type Members, numberFrom, oneOf, optional } from '../../xapi/json-reader.ts';
import { EVIDENCE } from '../fact.ts';
import type { ApplicationRule } from '../grains/applications.ts';
import type { Scope } from '../query/scope.ts';

type Level = keyof typeof EVIDENCE;
const LEVELS = Object.keys(EVIDENCE) as Level[];

/** Which applications count. */
export type ApplicationParams = {
  readonly minEvidence?: Level;
  readonly success?: ApplicationRule['success'];
};

export const APPLICATION_PARAMS: Members<ApplicationParams> = {
  minEvidence: optional(oneOf(LEVELS)),
  success: optional(oneOf(['needed', 'notFailed', 'any'])),
};

export const APPLICATION_DEFAULTS: Required<ApplicationParams> = { minEvidence: 'E2', success: 'notFailed' };

export const APPLICATION_IN_WORDS = {
  minEvidence:
    'The least evidence that counts: E0 self-report, E1 trace of a system, E2 observed by somebody else, E3 judged. Who observes themselves reports of themselves.',
  success: 'needed: it has to have gone well; notFailed: also if that is not said; any.',
};

export const ruleOf = ({ minEvidence, success }: Required<ApplicationParams>): ApplicationRule => ({
  least: EVIDENCE[minEvidence],
  success,
});

/** Within how many days after training. */
export type WindowParams = ApplicationParams & { readonly window?: number };

export const WINDOW_PARAMS: Members<WindowParams> = {
  ...APPLICATION_PARAMS,
  window: optional(numberFrom(0, 36_500)),
};

export const WINDOW_DEFAULTS: Required<WindowParams> = { ...APPLICATION_DEFAULTS, window: 60 };

export const WINDOW_IN_WORDS = {
  ...APPLICATION_IN_WORDS,
  window: 'Days after the training within which it has to be applied; the moment of training is not in it.',
};

/** Up to when everything has been seen: milliseconds since 1970. */
export const seenUntil = ({ asOf, completeThrough }: Scope): number => Math.min(asOf, completeThrough);
