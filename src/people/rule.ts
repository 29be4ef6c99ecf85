/** How an attribute of the roster is compared: numbers as numbers, everything else as text. */
export const OPERATORS = ['eq', 'ne', 'in', 'notIn', 'lt', 'le', 'gt', 'ge'] as const;

export type Operator = (typeof OPERATORS)[number];

/** Something that the roster says of a person. One who does not have the attribute is only `ne` and `notIn`. */
export type AttributeRule = {
  readonly attr: string;
  readonly op: Operator;
  /** A list for `in` and `notIn`, else a text. */
  readonly value: string | readonly string[];
};

/** Something that a person did, as the signals of metrics have it. */
export type DidRule = {
  readonly did: string;
  /** The IRI of the activity; any if it is absent. */
  readonly object?: string;
  /** An ISO 8601 duration: not longer ago, or not later after being hired. */
  readonly within?: string;
  readonly of?: 'hire';
};

/** Who is meant. `all` of nothing is everybody. */
export type Rule =
  | { readonly all: readonly Rule[] }
  | { readonly any: readonly Rule[] }
  | { readonly not: Rule }
  | { readonly cohort: string }
  | AttributeRule
  | DidRule;
