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
  /** Values of metrics, without those that few people stand behind; those too; and who and what stands behind them. */
  'metrics/read',
  'metrics/read/small',
  'metrics/evidence',
  /** May record and read what is known about people beside statements: identities, roster, requirements, cohorts. */
  'people',
  'audit/read',
  'admin',
] as const;

export type Scope = (typeof SCOPES)[number];

export const isScope = (text: string): text is Scope => (SCOPES as readonly string[]).includes(text);
