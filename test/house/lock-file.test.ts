import { readText } from './source-files.ts';

type Entry = {
  readonly resolved?: string;
  readonly integrity?: string;
  readonly os?: readonly string[];
  readonly optionalDependencies?: Readonly<Record<string, string>>;
};
const { packages } = JSON.parse(readText('package-lock.json')) as { packages: Record<string, Entry> };

describe('package-lock.json', () => {
  it('names every platform package, or npm ci of npm 11 refuses it (scripts/house/complete-lock.mjs)', () => {
    const missing = Object.entries(packages).flatMap(([place, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies).filter(
        (name) => !packages[`${place}/node_modules/${name}`] && !packages[`node_modules/${name}`],
      ),
    );
    expect(missing).toEqual([]);
  });

  it('has a checksum for everything but packages of other platforms', () => {
    const unchecked = Object.entries(packages).filter(
      ([place, entry]) => place !== '' && !entry.integrity && !entry.os,
    );
    expect(unchecked.map(([place]) => place)).toEqual([]);
  });

  it('does not say from which registry it was made', () => {
    const hosts = Object.values(packages).flatMap(({ resolved }) =>
      resolved ? [new URL(resolved).host] : [],
    );
    expect(hosts).toEqual([]);
  });
});
