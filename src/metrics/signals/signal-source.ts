import type { EVIDENCE } from '../fact.ts';
import type { Signal } from '../signal.ts';

/** Groups of activity types that code or rows speak of, as bits. */
export const TYPE_GROUPS = {
  course: 1 << 0,
  program: 1 << 1,
  competency: 1 << 2,
  /** An attempt that a tool names as an activity. */
  attempt: 1 << 3,
  /** A single question. */
  item: 1 << 4,
  /** What `result.success` of is a pass or a failure. */
  assessed: 1 << 5,
  /** What takes place at a time, with others. */
  event: 1 << 6,
  work: 1 << 7,
  simulation: 1 << 8,
  /** Not activities: roles of those whom contextAgents name. */
  observer: 1 << 9,
} as const;

export type TypeGroup = keyof typeof TYPE_GROUPS;

/** A row of `specs/signals.json`: what verbs mean if all of its conditions hold. */
export type SignalRow = {
  readonly verbs: readonly string[];
  readonly objects?: readonly ('Activity' | 'Agent' | 'Group' | 'StatementRef')[];
  /** Types of the object: IRIs, or groups of them with an `@`. */
  readonly types?: readonly string[];
  /** One of them is among the context's category activities. */
  readonly categories?: readonly string[];
  readonly platforms?: readonly string[];
  readonly where?: 'work' | 'simulation';
  readonly completion?: boolean;
  readonly success?: boolean;
  readonly scored?: boolean;
  /** Whether somebody else than the subject is named as observer. */
  readonly observed?: boolean;
  readonly signals: readonly Signal[];
  readonly byOthers?: boolean;
  /** It is about the agent that is its object, and said by the actor. */
  readonly subject?: 'object';
  readonly expandsGroup?: boolean;
};

/** How well an application is known. */
export type ApplicationRow = {
  readonly verbs?: readonly string[];
  readonly observer?: 'none' | 'self' | 'other';
  /** `system`: the platform is one of `workPlatforms`. */
  readonly source?: 'system' | 'unknown';
  /** Whether there is a score or `result.success`. */
  readonly judged?: boolean;
  readonly scored?: boolean;
  readonly evidence: keyof typeof EVIDENCE;
};

/** The form of `specs/signals.json`; an installation's own rows have it too, and leave out what they do not need. */
export type SignalSource = {
  readonly version?: number;
  readonly prefixes?: Readonly<Record<string, readonly string[]>>;
  readonly types?: Partial<Readonly<Record<TypeGroup, readonly string[]>>>;
  readonly workPlatforms?: readonly string[];
  readonly rows?: readonly SignalRow[];
  readonly applications?: readonly ApplicationRow[];
};
