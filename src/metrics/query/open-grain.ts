import type { Grain, Rows } from '../grains/grain.ts';
import { oncePerScope } from './once-per-scope.ts';
import type { Scope } from './scope.ts';

/** A grain as a query sees it, opened once: some have to look at every row for that. */
export const openGrain = (grain: Grain, scope: Scope): Rows =>
  oncePerScope(scope, `grain ${grain.name}`, () => grain.open(scope));
