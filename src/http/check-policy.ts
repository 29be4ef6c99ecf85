import { POLICY } from './policy.ts';

/** @throws Error for a route without a row in the policy table, or a row without a route. */
export const checkPolicy = (
  resources: readonly { readonly path: string; readonly methods: object }[],
): void => {
  const routes = resources.flatMap(({ path, methods }) =>
    Object.keys(methods).map((method) => `${method} ${path}`),
  );
  const rows = Object.keys(POLICY);
  const odd = [
    ...routes.filter((route) => !rows.includes(route)),
    ...rows.filter((row) => !routes.includes(row)),
  ];
  if (odd.length > 0) throw new Error(`Routes and policy table disagree about: ${odd.join(', ')}.`);
};
