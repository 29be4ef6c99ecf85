import fc from 'fast-check';
import { equivalent } from '../../src/xapi/equivalence.ts';
import type { Family, Statement } from '../../src/xapi/statement.ts';
import { stored } from './stored-statement.ts';

const FAMILIES: readonly Family[] = ['1.0.3', '2.0.0'];

const drawAll = <T>(items: readonly T[], pick: (length: number) => number): readonly T[] => {
  const left = [...items];
  return items.flatMap(() => left.splice(pick(left.length), 1));
};

const shuffled = (value: unknown, pick: (length: number) => number): unknown => {
  if (Array.isArray(value)) return value.map((item) => shuffled(item, pick));
  if (typeof value !== 'object' || value === null) return value;
  const left = Object.entries(value).map(([key, part]) => {
    const inner = shuffled(part, pick);
    return [key, key === 'member' ? drawAll(inner as unknown[], pick) : inner] as const;
  });
  return Object.fromEntries(drawAll(left, pick));
};

describe.each(FAMILIES)('equivalent in %s', (family) => {
  it('does not mind the order of keys and of members, with any extensions', () => {
    fc.assert(
      fc.property(
        fc.infiniteStream(fc.nat()),
        fc.dictionary(fc.webUrl(), fc.jsonValue()),
        (numbers, extensions) => {
          const pick = (length: number) => (numbers.next().value as number) % length;
          const one = JSON.parse(
            JSON.stringify({ ...stored, context: { ...stored.context, extensions } }),
          ) as Statement;
          const two = shuffled(one, pick) as Statement;
          expect(equivalent(one, two, family)).toBe(true);
          expect(equivalent(two, one, family)).toBe(true);
        },
      ),
    );
  });

  it('never throws, whatever is compared with a statement', () => {
    const statementLike = fc.record(
      Object.fromEntries(
        ['actor', 'verb', 'object', 'context', 'result', 'attachments', 'timestamp', 'id'].map((key) => [
          key,
          fc.jsonValue(),
        ]),
      ),
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(statementLike, (value) => {
        expect(equivalent(stored, value as unknown as Statement, family)).toBe(false);
      }),
    );
  });
});
