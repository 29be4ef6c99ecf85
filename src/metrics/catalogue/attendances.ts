import { type Judged, judgeTogether } from '../judged.ts';
import type { Measuring } from '../metric.ts';
import { rowsWhere, wholesOf } from '../query/over-rows.ts';
import { columnOver } from '../query/row-columns.ts';
import { scratchWholes } from '../scratch.ts';
import { SIGNALS } from '../signal.ts';
import { FACT } from '../state/fact-columns.ts';
import { denseKeys } from '../statistics/dense-keys.ts';

const { attended, missed, waived, assigned, registered } = SIGNALS;
const SPOKEN = attended | missed;
const EXPECTED = assigned | registered;
const RELEVANT = SPOKEN | waived | EXPECTED;

/** What the two rates of attendance leave out, in plain words. */
export const ATTENDANCE_RULE =
  'A person counts once for each event and registration; who is told both to have come and to have missed it has come. Who was excused (waived) and did not come is left out and counted, and so is who was expected but of whom nobody says whether they came.';

/** Who was to be at an event, and whether they came, or whether they stayed away. */
export const attendances = (
  { scope, grain, rows }: Measuring<object>,
  wanted: 'attended' | 'missed',
): Judged => {
  const { facts } = scope.world.log;
  const { signals, flags } = facts;
  const some = rowsWhere(
    rows,
    (row) => ((signals[row] as number) & RELEVANT) !== 0 && ((flags[row] as number) & FACT.isTeam) === 0,
  );
  const activity = columnOver(some, facts.activity);
  const { numbers, count } = denseKeys(
    wholesOf(some, grain.person),
    activity,
    columnOver(some, facts.registration),
  );
  const [said, about] = [scratchWholes(count), scratchWholes(count)];
  for (let at = 0; at < some.length; at += 1) {
    const key = numbers[at] as number;
    said[key] = (said[key] as number) | (signals[some[at] as number] as number);
    about[key] = activity[at] as number;
  }
  const events = new Set<number>();
  for (let key = 0; key < count; key += 1)
    if (((said[key] as number) & SPOKEN) !== 0) events.add(about[key] as number);
  return judgeTogether({ grain, rows }, { some, numbers, count }, (unit) => {
    if (!events.has(about[unit] as number)) return undefined;
    const became = becameOf(said[unit] as number);
    return became === 'excused' || became === 'unrecorded' ? became : became === wanted;
  });
};

const becameOf = (signals: number): 'attended' | 'missed' | 'excused' | 'unrecorded' => {
  if ((signals & attended) !== 0) return 'attended';
  if ((signals & waived) !== 0) return 'excused';
  return (signals & missed) !== 0 ? 'missed' : 'unrecorded';
};
