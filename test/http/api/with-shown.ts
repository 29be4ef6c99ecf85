import { type Cairn, withCairn } from '../start-cairn.ts';

/** A Cairn for one test, and what its log says of to whom persons were told. */
export const withShown = (use: (cairn: Cairn, shown: object[]) => Promise<void>): Promise<void> => {
  const shown: object[] = [];
  const log = {
    answered: () => undefined,
    fault: () => undefined,
    evidenceShown: (what: object) => void shown.push(what),
  };
  return withCairn({ services: (given) => ({ ...given, log }) }, (cairn) => use(cairn, shown));
};
