import { EVIDENCE } from '../../src/metrics/fact.ts';
import { SIGNALS } from '../../src/metrics/signal.ts';
import { CAIRN_NAMES } from '../../src/metrics/signals/extension-names.ts';
import { SIGNAL_TABLE } from '../../src/metrics/signals/signal-table.ts';
import { readText, tableRows } from '../house/source-files.ts';

const document = readText('specs/metrics.md');

/** The first cells, without backticks, of the rows below a head that begins so. */
const namesBelow = (head: string): string[] => {
  const rows = tableRows(document);
  const from = rows.findIndex(([first]) => first === head) + 1;
  const width = rows[from]?.[0]?.startsWith('`');
  expect([from > 0, width]).toEqual([true, true]);
  const names: string[] = [];
  for (const [first] of rows.slice(from)) {
    if (first === undefined || !/^`.*`$/.test(first)) break;
    names.push(first.slice(1, -1));
  }
  return names;
};

/** Names of our own that the table of signals speaks of. */
const namesOfTable = (): string[] => {
  const { prefixes = {}, types = {}, rows = [] } = SIGNAL_TABLE.source;
  const names = [...rows.flatMap(({ verbs }) => verbs), ...Object.values(types).flat()];
  return names.flatMap((name) => {
    const [prefix = '', rest = ''] = name.split(':');
    return (prefixes[prefix] ?? [])
      .filter((base) => base.startsWith('urn:cairn:'))
      .map((base) => base + rest);
  });
};

describe('specs/metrics.md', () => {
  it('explains every signal, and no other, in its order', () => {
    expect(namesBelow('signal')).toEqual(Object.keys(SIGNALS));
  });

  it('explains every level of evidence', () => {
    expect(namesBelow('evidence')).toEqual(Object.keys(EVIDENCE));
  });

  it('explains every name of our own, and no other', () => {
    const names = [...new Set([...Object.values(CAIRN_NAMES), ...namesOfTable()])];
    expect(namesBelow('name').sort()).toEqual(names.sort());
  });

  it('is where every name stands that the sources write out', () => {
    const written = readText('src/metrics/signals/extension-names.ts').match(/urn:cairn:[a-z:-]+/g) ?? [];
    expect(written.length).toBeGreaterThan(5);
    expect(written.filter((name) => !document.includes(`| \`${name}\` |`))).toEqual([]);
  });
});

it('no two signals share a bit', () => {
  const bits = Object.values(SIGNALS);
  expect(new Set(bits).size).toBe(bits.length);
  expect(bits.every((bit) => bit > 0 && (bit & (bit - 1)) === 0)).toBe(true);
});
