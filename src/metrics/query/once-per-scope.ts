import { toLast } from '../scratch.ts';
import type { Scope } from './scope.ts';

const made = new WeakMap<Scope, Map<string, unknown>>();

/**
 * What is made of all rows is made once for all metrics and groups of a question. The key says what it is, with
 * everything beside the scope that it depends on.
 */
export const oncePerScope = <Value>(scope: Scope, key: string, make: () => Value): Value => {
  const known = made.get(scope) ?? new Map<string, unknown>();
  made.set(scope, known);
  if (!known.has(key)) known.set(key, toLast(make));
  return known.get(key) as Value;
};
