/** What a credential may do: the scopes of xAPI (1.0.3 Communication 4.2), and behind them Cairn's own. */
export const SCOPES = [
  'all',
  'all/read',
  'statements/write',
  'statements/read',
  'statements/read/mine',
  'state',
  'define',
  'profile',
  /** May hand out credentials that are bound to one learner and what that learner is launched into. */
  'launch',
  'metrics/read',
  /** Metrics of fewer than five people, too. */
  'metrics/read/small',
  /** The people and statements behind metrics. */
  'metrics/evidence',
  'audit/read',
  'admin',
] as const;

export type Scope = (typeof SCOPES)[number];

export const isScope = (text: string): text is Scope => (SCOPES as readonly string[]).includes(text);
