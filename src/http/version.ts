import { reject } from '../xapi/rejection.ts';
import type { Family } from '../xapi/statement.ts';

/**
 * The family that X-Experience-API-Version asks for: `1.0`, `1.0.x`, `2.0` or `2.0.x`.
 *
 * @throws Rejection `version-unsupported` when it is missing or another (Communication 3.3).
 */
export const readVersion = (header: string | undefined): Family => {
  if (header !== undefined && SPOKEN.test(header)) return familyAsked(header, '1.0.3');
  throw reject(
    'version-unsupported',
    '/X-Experience-API-Version',
    header === undefined
      ? 'The header X-Experience-API-Version is missing; send 1.0.3 or 2.0.0.'
      : `X-Experience-API-Version ${header} is not spoken here; send 1.0.3 or 2.0.0.`,
    'Communication 3.3',
  );
};

/** The family in which a request is answered that may be refused: the one that it asks for, where it asks well. */
export const familyAsked = (header: string | undefined, otherwise: Family): Family => {
  const match = SPOKEN.exec(header ?? '');
  if (match === null) return otherwise;
  return match[1] === '1' ? '1.0.3' : '2.0.0';
};

const SPOKEN = /^(1|2)\.0(\.\d{1,9})?$/;

/** The versions that `about` names. */
export const VERSIONS = ['1.0.0', '1.0.1', '1.0.2', '1.0.3', '2.0.0'] as const;
