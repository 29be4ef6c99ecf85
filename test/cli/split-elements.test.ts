import fc from 'fast-check';
import { splitElements } from '../../src/cli/split-elements.ts';

async function* cut(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

const split = async (text: string | Buffer, size = 7): Promise<[line: number, text: string][]> => {
  const found: [number, string][] = [];
  for await (const { line, bytes } of splitElements(cut(Buffer.from(text), size))) {
    found.push([line, bytes.toString('utf8').trim()]);
  }
  return found;
};

describe('splitting a source into its elements', () => {
  it.each([
    [
      'lines',
      '{"a":1}\n\n  {"b":2}\r\n{"c":3}',
      [
        [1, '{"a":1}'],
        [3, '{"b":2}'],
        [4, '{"c":3}'],
      ],
    ],
    [
      'a broken line among lines',
      '{"a":1}\n{"b":"\n{"c":3}\n',
      [
        [1, '{"a":1}'],
        [2, '{"b":"'],
        [3, '{"c":3}'],
      ],
    ],
    ['a byte order mark', '\ufeff{"a":1}\n', [[1, '{"a":1}']]],
    [
      'an array',
      ' [{"a":[1,2]},\n "x,]", 3\n,{"b":"\\"]"}\n]\n',
      [
        [1, '{"a":[1,2]}'],
        [2, '"x,]"'],
        [2, '3'],
        [3, '{"b":"\\"]"}'],
      ],
    ],
    ['an array that begins late', '\n\n[\n{}\n]', [[4, '{}']]],
    [
      'a StatementResult',
      '{"statements":[{"a":1},{"b":2}],"more":"/x"}',
      [
        [1, '{"a":1}'],
        [1, '{"b":2}'],
      ],
    ],
    ['one with more in front', '{ "more" : "a\\"b" ,\n"statements" : [ {"a":1} ] }', [[2, '{"a":1}']]],
    [
      'a StatementResult on each line',
      '{"statements":[{"a":1},{"b":2}],"more":"/x"}\n{"statements":[],"more":null}\n\n{"statements":[{"c":3}]\n}\n',
      [
        [1, '{"a":1}'],
        [1, '{"b":2}'],
        [4, '{"c":3}'],
      ],
    ],
    [
      'an array behind the other, each with a byte order mark',
      '\ufeff[{"a":1}\n]\ufeff[{"b":2}]\n\ufeff[\n{"c":3}]',
      [
        [1, '{"a":1}'],
        [2, '{"b":2}'],
        [4, '{"c":3}'],
      ],
    ],
    [
      'lines behind an array, good ones and others',
      '[{"a":1}] garbage\n{"b":2}\n]',
      [
        [1, '{"a":1}'],
        [1, 'garbage'],
        [2, '{"b":2}'],
        [3, ']'],
      ],
    ],
    ['an empty array', '[ ]', []],
    ['nothing', '', []],
    ['blank lines', ' \n\r\n', []],
  ])('takes %s', async (_what, text, elements) => {
    for (const size of [1, 2, 7, 1000]) expect(await split(text, size)).toEqual(elements);
  });

  it('finds the elements of any array, however it is laid out and cut', async () => {
    const layout = fc.constantFrom(undefined, 1, '\t');
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.json({ maxDepth: 3 })),
        layout,
        fc.integer({ min: 1, max: 40 }),
        async (texts, space, size) => {
          const values = texts.map((text) => JSON.parse(text) as unknown);
          const found = await split(JSON.stringify(values, null, space), size);
          expect(found.map(([, text]) => JSON.parse(text) as unknown)).toEqual(values);
        },
      ),
    );
  });

  it('finds every line, however they are cut', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.json()), fc.integer({ min: 1, max: 40 }), async (texts, size) => {
        // A first line that is itself an array is an array of elements, not a line.
        const lines = ['{}', ...texts];
        expect(await split(lines.join('\n'), size)).toEqual(
          lines.map((text, index) => [index + 1, text.trim()]),
        );
      }),
    );
  });

  it('finds the elements of any arrays and results, however they are laid out and cut', async () => {
    const page = fc.record({ values: fc.array(fc.json({ maxDepth: 2 })), kind: fc.nat(2), space: fc.nat(1) });
    await fc.assert(
      fc.asyncProperty(fc.array(page), fc.integer({ min: 1, max: 40 }), async (pages, size) => {
        const values = pages.map((one) => one.values.map((text) => JSON.parse(text) as unknown));
        const written = pages.map(({ kind, space }, index) => {
          const statements = values[index];
          const result = [statements, { statements, more: '/"x]}' }, { more: '', statements }][kind];
          return JSON.stringify(result, null, space);
        });
        const found = await split(written.join('\n'), size);
        expect(found.map(([, text]) => JSON.parse(text) as unknown)).toEqual(values.flat());
      }),
    );
  });

  it.each([
    ['{"statements":[{"a":1}],"more":"/x"', 1],
    ['[]\n{"statements":[{"a":1}\n],"statements":[{"b":2}]}', 3],
    ['{"statements":[{"a":1}]]', 1],
  ])('says that %s does not end', async (text, line) => {
    await expect(split(text)).rejects.toThrow(
      `The StatementResult does not end behind its statements, on line ${line}.`,
    );
  });

  it('gives what stands before the cut of an array, and says that it is cut off', async () => {
    const found: string[] = [];
    const all = async () => {
      for await (const { bytes } of splitElements(cut(Buffer.from('[{"a":1},{"b":'), 3)))
        found.push(bytes.toString());
    };
    await expect(all()).rejects.toThrow('The array does not end: the text is cut off.');
    expect(found).toEqual(['{"a":1}']);
  });
});
