type Moves = { daysTooEarly(now: number): number; moveDays(text: string, days: number): string };
const { daysTooEarly, moveDays } = jest.requireActual<Moves>('../../../scripts/demo/move-days.mjs');

const END = Date.UTC(2026, 10, 1);
const DAY = 86_400_000;

it('the year is moved by whole weeks until it is over, and not at all if it is', () => {
  expect(daysTooEarly(END)).toBe(0);
  expect(daysTooEarly(END + DAY)).toBe(0);
  expect(daysTooEarly(END - 1)).toBe(364);
  expect(daysTooEarly(END - 364 * DAY)).toBe(364);
  expect(daysTooEarly(END - 365 * DAY)).toBe(728);
});

it('every date of a text is moved, and nothing else', () => {
  const text =
    '{"stored":"2026-03-02T14:00:00.123Z","id":"report/2026-02","on":"2026-01-01"},drill-2026-10-31,2026';
  expect(moveDays(text, 364)).toBe(
    '{"stored":"2025-03-03T14:00:00.123Z","id":"report/2026-02","on":"2025-01-02"},drill-2025-11-01,2026',
  );
  expect(moveDays(text, 0)).toBe(text);
});
