import { fed } from '../fed-world.ts';
import { day, did, enrolled, rowsOf } from './cases.ts';

describe('7 a timestamp in the future', () => {
  it('is taken for when it was stored, and counted as a wrong clock', () => {
    const world = fed([
      { ...enrolled('ann', 1), timestamp: '2026-09-01T00:00:00Z', stored: '2026-03-02T10:00:00Z' },
      // Five minutes are within what clocks differ by.
      { ...enrolled('bob', 1), timestamp: '2026-03-02T10:05:00Z', stored: '2026-03-02T10:00:00Z' },
    ]);
    const asked = { metrics: ['events.count'], dimensions: ['skew'], time: { grain: 'day' } };
    expect(rowsOf(world.ask(asked))).toEqual([
      ['2026-03-02', 'future', 1],
      ['2026-03-02', null, 1],
    ]);
    expect(world.cell('quality.issues')).toMatchObject({ value: 1 });
  });
});

describe('8 a timestamp that is missing', () => {
  it('is when it was stored', () => {
    const { timestamp: _, ...untimed } = enrolled('ann', 1) as { timestamp: string };
    const world = fed([{ ...untimed, stored: '2026-03-02T23:30:00Z' }]);
    expect(rowsOf(world.ask({ metrics: ['events.count'], time: { grain: 'day' } }))).toEqual([
      ['2026-03-02', 1],
    ]);
    expect(world.cell('quality.issues')).toMatchObject({ value: 0 });
  });
});

describe('9 offsets, and a day on which the clock changes', () => {
  it('are days of the calendar of the zone', () => {
    const at = (timestamp: string) => ({ ...did('ann', 'experienced', 1), timestamp });
    const world = fed([
      at('2026-03-29T00:30:00+01:00'),
      // 21:30 of the same day in UTC, and the last hour of a day of 23.
      at('2026-03-29T23:30:00+02:00'),
      at('2026-03-29T22:30:00Z'),
      at('2026-03-30T04:10:00+05:30'),
    ]);
    const days = (timezone: string) =>
      rowsOf(world.ask({ metrics: ['events.count'], time: { grain: 'day', timezone } }));
    expect(days('Europe/Berlin')).toEqual([
      ['2026-03-29', 2],
      ['2026-03-30', 2],
    ]);
    expect(days('UTC')).toEqual([
      ['2026-03-28', 1],
      ['2026-03-29', 3],
    ]);
  });
});

describe('30 nobody has had the event', () => {
  it('has no median, and is not taken for nothing', () => {
    const world = fed([enrolled('ann', 1), enrolled('bob', 3)]);
    const cell = world.cell('enrolment.survival', { days: [5] }, { asOf: day(11) });
    expect(cell).toMatchObject({ value: null, n: 2, events: 0, censored: 2, at: [{ day: 5, value: 1 }] });
  });
});

describe('31 everybody has had it at one time', () => {
  it('falls from all to none there', () => {
    const off = 'http://id.tincanapi.com/verb/unregistered';
    const world = fed(['ann', 'bob', 'cem'].flatMap((name) => [enrolled(name, 1), did(name, off, 6)]));
    expect(world.cell('enrolment.survival', { days: [4, 5] })).toMatchObject({
      value: 5,
      events: 3,
      at: [
        { day: 4, value: 1 },
        { day: 5, value: 0 },
      ],
    });
  });
});

describe('32 an event and the end of observation on one day', () => {
  it('has both at risk: the event comes first', () => {
    const off = 'http://id.tincanapi.com/verb/unregistered';
    const world = fed([enrolled('ann', 1), enrolled('bob', 1), did('ann', off, 11)]);
    const cell = world.cell('enrolment.survival', { horizon: 10, days: [10] });
    expect(cell).toMatchObject({ n: 2, events: 1, censored: 1, at: [{ day: 10, value: 0.5 }] });
  });
});
