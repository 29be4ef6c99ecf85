/**
 * What a statement can mean for learning, whichever tool sent it. A statement may mean several things at once; the
 * numbers are bits of {@link Fact.signals} and are kept on disk: none is ever reused.
 */
export const SIGNALS = {
  /** Somebody was told to do this. */
  assigned: 1 << 0,
  /** Enrolled, by themselves or by others. */
  registered: 1 << 1,
  withdrawn: 1 << 2,
  /** Opened, which need not mean begun. */
  launched: 1 << 3,
  started: 1 << 4,
  progressed: 1 << 5,
  completed: 1 << 6,
  passed: 1 << 7,
  failed: 1 << 8,
  /** cmi5: an LMS says that the requirements of an activity or a course are met. */
  satisfied: 1 << 9,
  waived: 1 << 10,
  abandoned: 1 << 11,
  /** The end of a session. */
  terminated: 1 << 12,
  /** Something was handed in or judged, with a score or without one yet. */
  submitted: 1 << 13,
  /** A single question was answered. */
  answered: 1 << 14,
  /** A certificate or badge was given. */
  certified: 1 << 15,
  expired: 1 << 16,
  revoked: 1 << 17,
  /** Somebody states a level of competency. */
  asserted: 1 << 18,
  /** A skill was used at work; how well that is known is {@link Fact.evidence}. */
  applied: 1 << 19,
  /** A skill was used outside work: simulation, VR, exercise. */
  practised: 1 << 20,
  /** There was an occasion at work to use a skill. */
  opportunity: 1 << 21,
  /** Learning material was met: read, watched, listened to. */
  experienced: 1 << 22,
  attended: 1 << 23,
  /** Was expected at an event and did not come. */
  missed: 1 << 24,
  mentored: 1 << 25,
  /** Discussed, commented, shared, asked, answered others. */
  shared: 1 << 26,
  searched: 1 << 27,
  reviewed: 1 << 28,
} as const;

export type Signal = keyof typeof SIGNALS;
