import { readText, tableRows } from './source-files.ts';

const union = /export type Reason =([^;]+);/.exec(readText('src/xapi/rejection.ts'))?.[1] ?? '';
const reasons = [...union.matchAll(/'([a-z-]+)'/g)].map(([, reason]) => reason);
const [head, ...rows] = tableRows(readText('specs/rejections.md'));

describe('specs/rejections.md', () => {
  it('explains every reason of src/xapi/rejection.ts, and no other, in its order', () => {
    expect(reasons.length).toBeGreaterThan(10);
    expect(rows.map(([reason]) => reason)).toEqual(reasons.map((reason) => `\`${reason}\``));
  });

  it('gives the statuses that src/http answers with', () => {
    const status = /const STATUS: Readonly<Record<Reason, number>> = \{([^}]*)\}/;
    const map = status.exec(readText('src/http/reply.ts'))?.[1] ?? '';
    const answered = [...map.matchAll(/^ {2}'?([a-z-]+)'?: (\d{3}),$/gm)];
    const given = rows.map(([reason, status]) => `${reason} ${status}`);
    expect(given.sort()).toEqual(answered.map(([, reason, code]) => `\`${reason}\` ${code}`).sort());
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
