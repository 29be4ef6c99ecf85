import { fed, stated } from './fed-world.ts';

const on = (platform: string) => ({ context: { platform } });

it('an enrolment is of the platform that told of its beginning, whichever tells the rest, and in whatever order', () => {
  const said = [
    stated('a', 'registered', 'one', '2026-01-10', on('phone')),
    stated('a', 'completed', 'one', '2026-01-20', on('lms')),
    stated('b', 'experienced', 'one', '2026-01-01', on('phone')),
    stated('b', 'registered', 'one', '2026-01-10', on('lms')),
    stated('c', 'experienced', 'one', '2026-01-15', on('kiosk')),
    stated('d', 'registered', 'one', '2026-01-10'),
  ];
  for (const statements of [said, said.toReversed()]) {
    const world = fed(statements);
    expect(world.values('enrolments.count', 'platform')).toEqual({ phone: 1, lms: 1, kiosk: 1, null: 1 });
    // Before it was assigned, what was heard of it first is where it began.
    expect(world.values('enrolments.count', 'platform', { asOf: '2026-01-05' })).toEqual({ phone: 1 });
    expect(world.values('completion.rate', 'platform')).toEqual({ phone: 1, lms: 0, kiosk: 0, null: 0 });
  }
});
