/** How well it is known that a skill was applied: self-report, system trace, observed, assessed or verified outcome. */
export const EVIDENCE = { E0: 0, E1: 1, E2: 2, E3: 3 } as const;

/**
 * What metrics know of one statement: read once, from the statement and the signal table alone, so that neither the
 * order of arrival nor anything else that is stored can change it.
 */
export type Fact = {
  /** When it happened, in milliseconds since 1970 (UTC), after the rules for clocks that are wrong. */
  readonly time: number;
  /** Whose clock was wrong: `future` has been set to when it was stored, `past` is out of every window. */
  readonly skew?: 'future' | 'past';
  /** Whom it is about: the identifier's term ({@link agentTerm}); a mentor's observation is about the one observed. */
  readonly subject: string;
  /** An identified group stands as a team, which is no person. */
  readonly isTeam: boolean;
  /** Said by somebody else than the subject's own tool (mentor, LMS): a fact, but no activity of the learner. */
  readonly byOthers: boolean;
  /** Who observed, assessed or taught, by the identifier's term. */
  readonly observer?: string;
  /** The IRI that it is about; empty when the object is no activity. */
  readonly activity: string;
  /** The course that it counts for; the activity itself if it names none. */
  readonly root: string;
  /** What several courses, or runs of one, belong to. */
  readonly program?: string;
  readonly registration?: string;
  /** What keeps attempts within a registration apart, if the tool says so: cmi5 session, Open edX attempt. */
  readonly session?: string;
  /** The verb's IRI. */
  readonly verb: string;
  /** Bits of {@link SIGNALS}; 0 when the table does not know the statement. */
  readonly signals: number;
  /** Whether a row of the table knows the verb. */
  readonly isMapped: boolean;
  /** Of {@link EVIDENCE}, where `applied` is among the signals. */
  readonly evidence?: number;
  /** result.success and result.completion, as sent. */
  readonly success?: boolean;
  readonly completion?: boolean;
  /** Between -1 and 1: result.score.scaled, or made of raw, min and max; absent when it cannot be. */
  readonly scaled?: number;
  /** There is a raw score, but neither scaled nor a range. */
  readonly isUnscaled?: boolean;
  /** Milliseconds. */
  readonly duration?: number;
  /** How many tries or repetitions it took; one statement stands for all of them. */
  readonly trials?: number;
  /** Between 0 and 1. */
  readonly progress?: number;
  /** When it has to be done, in milliseconds since 1970. */
  readonly due?: number;
  /** Until when a certificate or competency holds. */
  readonly validUntil?: number;
  /** result.response of a question, or the grade of a result. */
  readonly response?: string;
  /** Between -1 and 1, of an asserted competency. */
  readonly confidence?: number;
  /** The level of a competency, as the statement gives it. */
  readonly level?: number;
  /** The result was carried over from before, such as banked or recognised prior learning. */
  readonly isCarriedOver?: boolean;
  /** When it happened is not known; time is the latest that it can have been. */
  readonly isDateUnknown?: boolean;
  /** IRIs of competencies, from context activities or the object itself. */
  readonly skills: readonly string[];
  /** The authority's term. */
  readonly authority: string;
  readonly platform?: string;
  /** What of the activities that it names it describes. */
  readonly described: readonly DescribedActivity[];
};

/** What metrics keep of an activity's description. The latest description wins; a void does not take it back. */
export type DescribedActivity = {
  readonly id: string;
  readonly type?: string;
  /** What sort it is, in words of the installation, such as TMA or Exam. */
  readonly kind?: string;
  /** When work on it is due, for everybody; when a course begins and ends; milliseconds since 1970. */
  readonly due?: number;
  readonly start?: number;
  readonly end?: number;
};
