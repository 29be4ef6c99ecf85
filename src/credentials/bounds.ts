import type { Identifier } from '../xapi/statement.ts';

/** What a credential that a browser holds may be about: one learner, and what that learner was launched into. */
export type Bounds = {
  /** Who acts in every statement, and whose state and profile it is. */
  readonly actor: Identifier;
  /** Lower case; every statement and state is under it. */
  readonly registration?: string;
  /** The activities that statements, states and profiles are about: each of these, or one whose id goes on behind it. */
  readonly activities?: readonly string[];
  /** The ids of the verbs that statements may have. */
  readonly verbs?: readonly string[];
};

/** Whether an activity is one of those, or stands below one of them: its id goes on behind `/`, `#` or `?`. */
export const isWithin = ({ activities }: Bounds, id: string): boolean =>
  activities === undefined ||
  activities.some(
    (root) =>
      id === root || (id.startsWith(root) && (/[/#?]$/.test(root) || /^[/#?]/.test(id.slice(root.length)))),
  );
