import {
  errorsOfAgent as errorsOfAgent103,
  errorsOfIdentifiedActor as errorsOfIdentifiedActor103,
  errorsOfStatement as errorsOfStatement103,
} from './compiled/all-errors-1.0.3.js';
import {
  errorsOfAgent as errorsOfAgent200,
  errorsOfIdentifiedActor as errorsOfIdentifiedActor200,
  errorsOfStatement as errorsOfStatement200,
} from './compiled/all-errors-2.0.0.js';
import { isStatement as isStatement103 } from './compiled/fail-fast-1.0.3.js';
import { isStatement as isStatement200 } from './compiled/fail-fast-2.0.0.js';
import { explainProblems } from './explain-problem.ts';
import type { Problem } from './rejection.ts';
import type { Family, Statement } from './statement.ts';

/** Who may be named by a parameter: documents belong to Agents, statements are also found by identified Groups. */
export type ActorKind = 'agent' | 'agent-or-identified-group';

/** Whether the value is a valid statement of the family. Stops at the first error and makes next to no garbage. */
export const isStatement = (value: unknown, family: Family): value is Statement =>
  family === '2.0.0' ? isStatement200(value) : isStatement103(value);

/**
 * All that keeps the value from being a statement of the family (the first thousand); empty exactly when {@link isStatement} is true.
 * An object is judged by what its `objectType` says that it is. `index` is its place in the batch.
 */
export const problemsOfStatement = (value: unknown, family: Family, index?: number): readonly Problem[] => {
  const errors = family === '2.0.0' ? errorsOfStatement200(value) : errorsOfStatement103(value);
  return explainProblems(errors, family, index);
};

const ERRORS_OF_ACTOR = {
  '1.0.3': { agent: errorsOfAgent103, 'agent-or-identified-group': errorsOfIdentifiedActor103 },
  '2.0.0': { agent: errorsOfAgent200, 'agent-or-identified-group': errorsOfIdentifiedActor200 },
};

/** All that keeps the value from being an actor of the kind, as in the parameter `agent`; empty if it is one. */
export const problemsOfActor = (
  value: unknown,
  kind: ActorKind,
  family: Family = '1.0.3',
): readonly Problem[] => explainProblems(ERRORS_OF_ACTOR[family][kind](value), family);
