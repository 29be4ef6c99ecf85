/** A statement as a tool sends it. */
export type Said = {
  readonly id: string;
  readonly actor: object;
  readonly verb: { readonly id: string };
  readonly object: { readonly id?: string };
  readonly timestamp: string;
  readonly context?: object;
  readonly result?: object;
};

const HR = 'https://hr.example';

/** Every fifth learner goes by an account; the others by a mailbox. */
export const personAt = (at: number): object =>
  at % 5 === 0 ? { account: { homePage: HR, name: `e${at}` } } : { mbox: `mailto:p${at}@academy.example` };

/** Another identifier of every fifth learner. */
export const otherOf = (at: number): object => ({ mbox: `mailto:p${at}@academy.example` });

let made = 0;

/** `day` counts from 2025-01-01, noon; every fifth learner is called by another identifier on odd days. */
export const said = (at: number, verb: string, object: object, day: number, more: object = {}): Said => {
  made += 1;
  return {
    id: `00000000-0000-4000-8000-${String(made).padStart(12, '0')}`,
    actor: at % 5 === 0 && Math.floor(day) % 2 === 1 ? otherOf(at) : personAt(at),
    verb: { id: verb },
    object: object as Said['object'],
    timestamp: new Date(Date.UTC(2025, 0, 1, 12) + day * 86_400_000).toISOString(),
    ...more,
  };
};

export const voidingOf = ({ id }: Said): Said =>
  said(29, 'http://adlnet.gov/expapi/verbs/voided', { objectType: 'StatementRef', id }, 120);
