/** Every IRI that names of a table stand for, without a slash at the end. */
export type IrisOf = (names: readonly string[]) => ReadonlySet<string>;

/**
 * Expands `prefix:rest` by the prefix's bases and takes other names as IRIs. Each comes with http and with https:
 * tools do not agree on it.
 */
export const expanderOf = (prefixes: Readonly<Record<string, readonly string[]>>): IrisOf => {
  const basesOf = new Map(Object.entries(prefixes));
  const fullNames = (name: string): string[] => {
    const colon = name.indexOf(':');
    const bases = basesOf.get(name.slice(0, colon));
    return bases === undefined ? [name] : bases.map((base) => base + name.slice(colon + 1));
  };
  return (names) => new Set(names.flatMap(fullNames).map(withoutSlash).flatMap(bothSchemes));
};

const bothSchemes = (iri: string): string[] => {
  if (!/^https?:/.test(iri)) return [iri];
  const rest = iri.slice(iri.indexOf(':'));
  return [`http${rest}`, `https${rest}`];
};

export const withoutSlash = (iri: string): string => (iri.endsWith('/') ? iri.slice(0, -1) : iri);
