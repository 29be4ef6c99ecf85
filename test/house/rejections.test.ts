import { readText, tableRows } from './source-files.ts';

const union = /export type Reason =([^;]+);/.exec(readText('src/xapi/rejection.ts'))?.[1] ?? '';
const reasons = [...union.matchAll(/'([a-z-]+)'/g)].map(([, reason]) => reason);
const [head, ...rows] = tableRows(readText('specs/rejections.md'));

describe('specs/rejections.md', () => {
  it('explains every reason of src/xapi/rejection.ts, and no other, in its order', () => {
    expect(reasons.length).toBeGreaterThan(10);
    expect(rows.map(([reason]) => reason)).toEqual(reasons.map((reason) => `\`${reason}\``));
  });

  it('says for each a status, what it means and how to mend it', () => {
    expect(head).toEqual(['reason', 'status', 'means', 'how to mend']);
    for (const [, status, means, mend] of rows) {
      expect(status).toMatch(/^(4\d\d|503)$/);
      expect(means).toMatch(/^[A-Z].{20,}\.$/);
      expect(mend).toMatch(/^[A-Z].{20,}\.$/);
    }
  });
});
