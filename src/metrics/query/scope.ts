import type { Access } from '../metrics.ts';
import type { World } from '../state/world.ts';
import type { Zone } from './zone.ts';

/** What a query is answered from: the state, and the moment at which it is looked at. */
export type Scope = {
  readonly world: World;
  /** Milliseconds since 1970: what happened later does not count. */
  readonly asOf: number;
  /** Whether that is when the query was asked, since it names no other moment. */
  readonly isNow?: boolean;
  /** Up to when everything is likely to be here; windows that end later are not mature. Milliseconds since 1970. */
  readonly completeThrough: number;
  /** The same of what feeds one activity (a course, by its number). */
  readonly completeThroughOf?: (activity: number) => number;
  readonly zone: Zone;
  /** What who asks may be told. */
  readonly access: Access;
};
