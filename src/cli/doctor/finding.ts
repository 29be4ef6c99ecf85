/** What one check has found, and what to do about it. */
export type Finding = {
  /** What was looked at, in a word or two. */
  readonly check: string;
  readonly state: 'ok' | 'warn' | 'bad';
  readonly message: string;
  /** What to do; absent when all is well. */
  readonly advice?: string;
};

export const ok = (check: string, message: string): Finding => ({ check, state: 'ok', message });

export const warn = (check: string, message: string, advice: string): Finding => ({
  check,
  state: 'warn',
  message,
  advice,
});

export const bad = (check: string, message: string, advice: string): Finding => ({
  check,
  state: 'bad',
  message,
  advice,
});
