import { answerQuestion } from '../../../src/metrics/answer-question.ts';
import { giveUpFrom, type KeptRows } from '../../../src/metrics/answers/kept-rows.ts';
import { placeOf } from '../../../src/metrics/answers/page-cursor.ts';
import { type Desk, newDesk } from '../../../src/metrics/desk.ts';
import type { Answer } from '../../../src/metrics/views.ts';
import type { Part } from '../facts-of.ts';
import { fed, roster, stated, who } from '../fed-world.ts';

const NOW = Date.parse('2027-01-01T00:00:00Z');
const NAMES = Array.from({ length: 12 }, (_, at) => `p${at}`);

/** What a question reckons stands in memory that the next one uses: later pages must not show it. */
describe('pages of an answer', () => {
  const told = (desk: Desk, world: ReturnType<typeof fed>, query: Part): Answer => {
    const question = { kind: 'query', query, access: { small: true, names: true } } as const;
    const outcome = answerQuestion(question, world.world, NOW, desk);
    if ('rejected' in outcome) throw new Error(JSON.stringify(outcome.rejected));
    return JSON.parse(outcome.json);
  };
  const people = () =>
    fed([
      ...NAMES.map((name) => roster(name, { hired: '2020-01-01', name: `before ${name}` })),
      ...NAMES.flatMap((name, at) =>
        NAMES.slice(0, at + 1).flatMap((course) => [
          stated(name, 'registered', course, '2026-01-10'),
          stated(name, at % 2 === 0 ? 'passed' : 'failed', course, `2026-02-${10 + at}`),
        ]),
      ),
    ]);
  const QUESTION = { metrics: ['success.rate', 'events.count'], dimensions: ['person'] };
  const OTHERS: readonly Part[] = [
    { metrics: ['events.count'], dimensions: ['verb'], page: { limit: 1 } },
    { metrics: ['learners.stickiness'], dimensions: ['course'] },
    { metrics: ['completion.incidence'], dimensions: ['course'], time: { grain: 'month' } },
  ];
  /** All rows, by pages of one, with something done before each. */
  const paged = (desk: Desk, world: ReturnType<typeof fed>, between: (page: number) => void) => {
    const rows: unknown[] = [];
    let cursor: string | null | undefined;
    for (let page = 0; cursor !== null; page += 1) {
      between(page);
      const answer = told(desk, world, {
        ...QUESTION,
        page: { limit: 1, ...(page === 0 ? {} : { cursor }) },
      });
      rows.push(...answer.rows);
      cursor = answer.page.next;
    }
    return rows;
  };

  it('are those of one page, whatever is asked between them', () => {
    const world = people();
    const { rows } = told(newDesk(), world, QUESTION);
    const desk = newDesk();
    expect(
      paged(desk, world, (page) => {
        told(desk, world, OTHERS[page % OTHERS.length] as Part);
        if (page % 4 === 3) desk.finish(false);
      }),
    ).toEqual(rows);
    expect(rows).toHaveLength(NAMES.length);
  });

  it('tell persons as they were when they were asked about, once all is measured', () => {
    const world = people();
    const { rows } = told(newDesk(), world, QUESTION);
    const desk = newDesk();
    const change = (page: number): void => {
      if (page !== 1) return;
      while (!desk.finish(false));
      world.add(roster('p3', { effectiveFrom: '2020-02-01', name: 'after' }));
      world.add({ record: 'merge', identifiers: [who('p1'), who('p2'), who('p5')], why: 'w' });
    };
    expect(paged(desk, world, change)).toEqual(rows);
  });

  it('end before their limit where lists would make them very long, and have every row in the end', () => {
    const LISTED = 1000;
    const departments = ['a', 'b', 'c', 'd', 'e'];
    const world = fed([
      {
        record: 'requirements',
        requirements: [{ id: 'r', activity: 'https://lms.example/s', due: { days: 1, of: 'hire' } }],
      },
      ...departments.flatMap((department) =>
        Array.from({ length: LISTED }, (_, at) =>
          roster(`${department}${at}`, { hired: '2020-01-01', department }),
        ),
      ),
    ]);
    const asked = { metrics: ['list.overdue'], dimensions: ['department'] };
    const desk = newDesk();
    const pages: Answer[] = [];
    for (let next: string | null | undefined; next !== null; next = pages.at(-1)?.page.next)
      pages.push(told(desk, world, next === undefined ? asked : { ...asked, page: { cursor: next } }));
    expect(pages.map(({ rows }) => rows.length)).toEqual([2, 2, 1]);
    expect(pages.flatMap(({ rows }) => rows.map(([department]) => department))).toEqual(departments);
    expect(pages.map(({ page }) => page.total)).toEqual([5, 5, 5]);
  });

  it('of an answer that was given up for others are gone, and there again for who asks anew', () => {
    const world = people();
    const desk = newDesk();
    const first = { ...QUESTION, page: { limit: 1 } };
    const { page } = told(desk, world, first);
    const second = { ...QUESTION, page: { limit: 1, cursor: page.next } };
    const [key, question] = JSON.parse(Buffer.from(`${page.next}`, 'base64url').toString().slice(8));
    const kept = desk.kept.get(placeOf({ key, question }), NOW) as { readonly rows: KeptRows };
    giveUpFrom(kept.rows, 2);
    expect(told(desk, world, second).rows).toHaveLength(1);
    giveUpFrom(kept.rows, 1);
    expect(() => told(desk, world, second)).toThrow('expired');
    const anew = told(desk, world, first);
    expect(anew.page.next).toBe(page.next);
    expect(told(desk, world, second).rows).toHaveLength(1);
  });

  it('keep no memory once they are told', () => {
    const world = people();
    const desk = newDesk();
    const held = () => process.memoryUsage().arrayBuffers;
    const before = held();
    for (let times = 0; times < 40; times += 1)
      told(desk, world, {
        ...QUESTION,
        asOf: `2026-10-0${1 + (times % 9)}T00:00:${10 + times}Z`,
        page: { limit: 1 },
      });
    while (!desk.finish(false));
    // A piece of that memory has 16 MB.
    expect(held() - before).toBeLessThan(150 * 1024 * 1024);
  });
});
