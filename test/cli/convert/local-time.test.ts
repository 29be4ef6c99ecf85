import fc from 'fast-check';
import { findZone, wallTimeReader } from '../../../src/cli/convert/local-time.ts';

const read = (format: string, text: string): string | undefined => {
  const time = wallTimeReader(format)?.(text);
  return time === undefined ? undefined : new Date(time).toISOString().slice(0, 19);
};

describe('a local time', () => {
  it.each<[string, string, string | undefined]>([
    ['D.M.YYYY H:mm', '2.3.2026 9:05', '2026-03-02T09:05:00'],
    ['D.M.YYYY H:mm', '02.03.2026 24:00', undefined],
    ['M/D/YY h:mm A', '3/2/26 12:05 AM', '2026-03-02T00:05:00'],
    ['M/D/YY h:mm A', '3/2/26 1:05 pm', '2026-03-02T13:05:00'],
    ['M/D/YY h:mm A', '3/2/26 13:05 pm', undefined],
    ['YYYY-MM-DDTHH:mm:ss', '2026-03-02T10:00:59', '2026-03-02T10:00:59'],
    ['YYYY-MM-DD', '2024-02-29', '2024-02-29T00:00:00'],
    ['YYYY-MM-DD', '2026-02-29', undefined],
    ['YYYY-MM-DD', '2026-3-2', undefined],
    ['YYYY-MM', '2026-03', undefined],
    ['YYYY-MM-DD D', '2026-03-02 2', undefined],
    ['YYYY-MM-dd', '2026-03-02', undefined],
  ])('of the form %s reads %s as %s', (format, text, expected) => {
    expect(read(format, text)).toBe(expected);
  });

  it.each<[string, string, string | undefined]>([
    ['Europe/Berlin', '2026-03-29T01:59:59', '2026-03-29T01:59:59+01:00'],
    ['Europe/Berlin', '2026-03-29T02:00:00', undefined],
    ['Europe/Berlin', '2026-03-29T03:00:00', '2026-03-29T03:00:00+02:00'],
    ['Europe/Berlin', '2026-10-25T02:30:00', '2026-10-25T02:30:00+02:00'],
    ['America/New_York', '2026-11-01T01:30:00', '2026-11-01T01:30:00-04:00'],
    ['Asia/Kathmandu', '2026-01-01T00:00:00', '2026-01-01T00:00:00+05:45'],
    ['UTC', '2026-01-01T00:00:00', '2026-01-01T00:00:00+00:00'],
  ])('in %s %s is %s', (zone, time, expected) => {
    expect(findZone(zone)?.timestampOf(Date.parse(`${time}Z`))).toBe(expected);
  });

  it('is the time that its clocks show at that moment', () => {
    const names = [
      'Europe/Berlin',
      'America/St_Johns',
      'Australia/Lord_Howe',
      'Pacific/Apia',
      'Africa/Casablanca',
    ];
    const moment = fc
      .integer({ min: Date.UTC(1990, 0), max: Date.UTC(2037, 0) })
      .map((ms) => ms - (ms % 1000));
    fc.assert(
      fc.property(fc.constantFrom(...names), moment, (name, time) => {
        const stamp = findZone(name)?.timestampOf(time);
        if (stamp === undefined) return;
        const shown = new Date(stamp).toLocaleString('sv', { timeZone: name }).replace(' ', 'T');
        expect(shown).toBe(new Date(time).toISOString().slice(0, 19));
      }),
      { numRuns: 200 },
    );
  });

  it('needs a zone that there is', () => {
    expect(findZone('Mars/Olympus')).toBeUndefined();
  });
});
