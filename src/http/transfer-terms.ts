import type { StoringTerms } from '../statements/statement-store.ts';
import type { Family, Statement } from '../xapi/statement.ts';
import { invalid, readFields } from './transfer-element.ts';

/**
 * How the statements behind it were stored, where an import would take it to be otherwise: that they may not describe
 * activities, may void only what is of their own authority, and came as 2.0.0 though nothing in them says so.
 */
export type TransferTerms = {
  readonly define?: false;
  readonly voids?: 'own';
  readonly version?: '2.0.0';
};

/** `{"terms":{"define":false,"voids":"own","version":"2.0.0"}}`, as far as they go: for all statements up to the next. */
export const transferTerms = (terms: TransferTerms): string => JSON.stringify({ terms });

/** What an import has to be told of a statement. */
export const termsOfStored = (
  text: string,
  { mayDefine, voidsOnlyOwn, family }: StoringTerms,
): TransferTerms => ({
  ...(mayDefine ? {} : { define: false }),
  ...(voidsOnlyOwn ? { voids: 'own' } : {}),
  ...(family === '2.0.0' && familyOf(text) !== '2.0.0' ? { version: '2.0.0' } : {}),
});

/** @throws Rejection `json-invalid`, `too-large` or `statement-invalid`. */
export const readTerms = (text: string): TransferTerms => {
  const terms = Object.fromEntries(readFields(text, 'terms', Object.keys(VALUES)));
  for (const [name, value] of Object.entries(terms)) {
    const only = VALUES[name as keyof TransferTerms];
    if (value !== only) throw invalid('terms', name, `Expected ${JSON.stringify(only)}, or nothing.`);
  }
  return terms as TransferTerms;
};

const VALUES = { define: false, voids: 'own', version: '2.0.0' } as const satisfies Required<TransferTerms>;

/** As which a statement is read that nothing else is said of: by its own `version`, or by what only 2.0.0 knows. */
export const familyOf = (text: string): Family => {
  if (!/"2\.|"context(Agents|Groups)"/.test(text)) return '1.0.3';
  try {
    const { version, context } = JSON.parse(text) as Partial<Statement>;
    const isLater = typeof version === 'string' && version.startsWith('2.');
    return isLater || context?.contextAgents !== undefined || context?.contextGroups !== undefined
      ? '2.0.0'
      : '1.0.3';
  } catch {
    return '1.0.3';
  }
};
