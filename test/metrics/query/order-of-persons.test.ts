import { fed, stated, who } from '../fed-world.ts';

/** Enough that the order of all persons is kept from question to question. */
const PERSONS = 1100;

it('rows of persons stand in the order of their ids, whoever has come or been merged since', () => {
  const names = Array.from({ length: PERSONS }, (_, at) => `p${at}`);
  const { add, ask } = fed(names.map((name) => stated(name, 'registered', 'safety', '2026-01-10')));
  const idsOf = (order: readonly (readonly string[])[]): readonly string[] => {
    const query = { metrics: ['enrolments.count'], dimensions: ['person'], order, page: { limit: 2000 } };
    return ask(query).rows.map(([person]) => (person as { id: string }).id);
  };
  const inBoth = (count: number): void => {
    const ids = idsOf([]);
    expect(ids).toHaveLength(count);
    expect(ids).toEqual([...ids].sort());
    expect(idsOf([['person', 'desc']])).toEqual([...ids].reverse());
  };
  inBoth(PERSONS);
  add(stated('one more', 'registered', 'safety', '2026-01-11'));
  inBoth(PERSONS + 1);
  const MERGED = 40;
  for (let at = 0; at < MERGED; at += 1)
    add({ record: 'merge', identifiers: [who(`p${1000 - at}`), who(`p${at}`)], why: 'w' });
  inBoth(PERSONS + 1 - MERGED);
});
