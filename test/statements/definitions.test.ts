import fc from 'fast-check';
import { describedActivities, foldDefinition, type KnownActivity } from '../../src/statements/definitions.ts';
import type { Definition, Statement } from '../../src/xapi/statement.ts';

const X = 'https://example.org/x';
const values = fc.constantFrom('1', '2', '3');
const maps = fc.dictionary(fc.constantFrom('en', 'de', 'fr'), values, { noNullPrototype: true });
const definitions = fc.record(
  {
    name: maps,
    description: maps,
    extensions: fc.dictionary(fc.constant(X), fc.oneof(values, fc.constant({ a: [1, null] })), {
      noNullPrototype: true,
    }),
    type: values,
    moreInfo: values,
  },
  { requiredKeys: [], noNullPrototype: true },
);
const said = fc.record({ definition: definitions, by: fc.constantFrom('one', 'two') });

type Said = { readonly definition: Definition; readonly by: string };
const fold = (all: readonly Said[]): KnownActivity | undefined =>
  all.reduce<KnownActivity | undefined>(
    (known, { definition, by }) => foldDefinition(known, definition, by),
    undefined,
  );

describe('what is known of an activity (AC-2)', () => {
  it('unites language maps and extensions, the later winning', () => {
    const all: Said[] = [
      { definition: { name: { en: 'A', de: 'B' } }, by: 'one' },
      { definition: { name: { en: 'C' }, extensions: { [X]: { a: 1 } } }, by: 'two' },
      { definition: { extensions: { [X]: { b: 2 }, [`${X}y`]: null } }, by: 'one' },
    ];
    expect(fold(all)).toEqual({
      definition: { name: { en: 'C', de: 'B' }, extensions: { [X]: { b: 2 }, [`${X}y`]: null } },
      by: 'one',
    });
  });

  it('lets what cannot be merged be given by anyone, and changed by the first authority only', () => {
    const first: Said = { definition: { interactionType: 'choice', choices: [{ id: 'a' }] }, by: 'one' };
    const other: Said = {
      definition: { interactionType: 'other', choices: [{ id: 'b' }], type: 't' },
      by: 'two',
    };
    expect(fold([first, other])?.definition).toEqual({ ...first.definition, type: 't' });
    expect(fold([first, other, { ...other, by: 'one' }])?.definition).toEqual(other.definition);
  });

  it('changes nothing when nothing new is said: the very same object comes back', () => {
    fc.assert(
      fc.property(fc.array(said, { minLength: 1, maxLength: 6 }), (all) => {
        const known = fold(all) as KnownActivity;
        expect(foldDefinition(known, structuredClone(known.definition), 'two')).toBe(known);
        expect(foldDefinition(known, {}, 'three')).toBe(known);
      }),
    );
  });

  it('does not depend on who says what, where nothing contradicts', () => {
    const parts = [{ name: { en: '1' } }, { name: { de: '2' } }, { type: 't' }, { extensions: { [X]: 1 } }];
    const orders = fc.shuffledSubarray(parts, { minLength: parts.length });
    fc.assert(
      fc.property(
        orders,
        fc.array(fc.constantFrom('one', 'two'), { minLength: 4, maxLength: 4 }),
        (order, by) => {
          const all = order.map((definition, index) => ({ definition, by: by[index] as string }));
          expect(fold(all)?.definition).toEqual({
            name: { en: '1', de: '2' },
            type: 't',
            extensions: { [X]: 1 },
          });
        },
      ),
    );
  });

  it('goes on from what was kept as text as if it had never been put away', () => {
    fc.assert(
      fc.property(fc.array(said, { minLength: 2, maxLength: 6 }), fc.nat(), (all, cut) => {
        const at = 1 + (cut % (all.length - 1));
        const kept = JSON.parse(JSON.stringify(fold(all.slice(0, at)))) as KnownActivity;
        const resumed = all
          .slice(at)
          .reduce((known, { definition, by }) => foldDefinition(known, definition, by), kept);
        expect(JSON.stringify(resumed)).toBe(JSON.stringify(fold(all)));
      }),
    );
  });

  it('never changes what it was given', () => {
    const frozen = Object.freeze({ name: Object.freeze({ en: 'A' }) });
    const known = foldDefinition(undefined, frozen, 'one');
    expect(foldDefinition(known, { name: { en: 'B' } }, 'one').definition).toEqual({ name: { en: 'B' } });
    expect(frozen).toEqual({ name: { en: 'A' } });
  });
});

describe('the activities that a statement describes', () => {
  it('are its object and those of its context, those of a SubStatement included, in their order', () => {
    const described = (id: string) => ({ id, definition: { type: `${id}-type` } });
    const contextActivities = { parent: [described('p'), { id: 'bare' }], other: described('o') };
    const sub = { objectType: 'SubStatement', object: described('a'), context: { contextActivities } };
    const statement = { object: sub, context: { contextActivities: { grouping: [described('g')] } } };
    const ids = describedActivities(statement as unknown as Statement).flatMap(({ id, definition }) =>
      definition === undefined ? [] : [id],
    );
    expect(ids).toEqual(['a', 'p', 'o', 'g']);
    const agent = { object: { objectType: 'Agent', mbox: 'mailto:a@e.org' } };
    expect(describedActivities(agent as unknown as Statement)).toEqual([]);
  });
});
