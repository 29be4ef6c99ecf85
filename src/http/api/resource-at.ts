import { reject } from '../../xapi/rejection.ts';
import type { RouteName } from '../policy.ts';
import type { ApiMethod, ApiResource } from './api-exchange.ts';

/** The name by which the policy table knows a route. */
export const apiRouteName = (method: ApiMethod, path: string): RouteName =>
  `${method} /api/v1/${path}` as RouteName;

/** The resource that stands at a path behind `/api/v1`, and what the path has where the resource's own has braces. */
export const resourceAt = (
  resources: readonly ApiResource[],
  path: string,
): { readonly resource: ApiResource; readonly argument: string } | undefined => {
  const parts = path.split('/').slice(1);
  const exact = resources.find((resource) => resource.path === parts.join('/'));
  if (exact !== undefined) return { resource: exact, argument: '' };
  for (const resource of resources) {
    const pattern = resource.path.split('/');
    if (pattern.length !== parts.length) continue;
    if (!pattern.every((part, at) => part === parts[at] || part.startsWith('{'))) continue;
    return { resource, argument: decoded(parts[pattern.findIndex((part) => part.startsWith('{'))] ?? '') };
  }
  return undefined;
};

const decoded = (part: string): string => {
  try {
    return decodeURIComponent(part);
  } catch {
    throw reject('parameter-invalid', '', 'The path is not percent-encoded UTF-8.');
  }
};
