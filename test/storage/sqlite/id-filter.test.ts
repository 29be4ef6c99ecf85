import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { idKey } from '../../../src/storage/sqlite/generation.ts';
import { idFilter } from '../../../src/storage/sqlite/id-filter.ts';
import { uuid } from '../sample-statements.ts';

const random = (n: number): string => createHash('md5').update(String(n)).digest().toString('latin1');
const sequential = (n: number): string => idKey(uuid(n));

describe('the filter over ids', () => {
  it('forgets no id, also when it is made again from its bytes', () => {
    fc.assert(
      fc.property(fc.array(fc.uuid(), { minLength: 1 }), (ids) => {
        const filter = idFilter();
        for (const id of ids) filter.add(idKey(id));
        const again = idFilter(Uint8Array.from(filter.bytes));
        expect(ids.every((id) => filter.mayHave(idKey(id)) && again.mayHave(idKey(id)))).toBe(true);
      }),
    );
  });

  it.each([
    ['random', random],
    ['sequential', sequential],
  ])('lets through about 1 in 1,000 unknown ids when a whole chunk of %s ones is in it', (_, idOf) => {
    const filter = idFilter();
    for (let n = 0; n < 65_536; n += 1) filter.add(idOf(n));
    let passed = 0;
    for (let n = 100_000; n < 120_000; n += 1) if (filter.mayHave(idOf(n))) passed += 1;
    expect(passed).toBeLessThan(60);
    expect(filter.bytes).toHaveLength(131_072);
  });

  it('has nothing in it at first', () => {
    expect(idFilter().mayHave(random(1))).toBe(false);
  });
});
