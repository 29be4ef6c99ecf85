import type { Successes } from '../cells.ts';
import type { Measuring } from '../metric.ts';
import { columnOver, rowsWhere, wholesOf } from '../query/over-rows.ts';
import { SIGNALS } from '../signal.ts';
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
): Successes & { readonly excluded: Readonly<Record<string, number>> } => {
  const { facts } = scope.world.log;
  const { signals } = facts;
  const told = rowsWhere(rows, (row) => ((signals[row] as number) & RELEVANT) !== 0);
  const who = wholesOf(told, grain.person);
  const activity = columnOver(told, facts.activity);
  const registration = columnOver(told, facts.registration);
  const { numbers, count } = denseKeys(who, activity, registration);
  const [said, place] = [new Uint32Array(count), new Uint32Array(count)];
  for (let at = 0; at < told.length; at += 1) {
    const key = numbers[at] as number;
    said[key] = (said[key] as number) | (signals[told[at] as number] as number);
    place[key] = at;
  }
  const events = new Set<number>();
  for (let key = 0; key < count; key += 1)
    if (((said[key] as number) & SPOKEN) !== 0) events.add(activity[place[key] as number] as number);
  return judged(said, place, who, (at) => events.has(activity[at] as number), wanted);
};

const judged = (
  said: Uint32Array,
  place: Uint32Array,
  who: Uint32Array,
  isEvent: (at: number) => boolean,
  wanted: 'attended' | 'missed',
) => {
  const excluded = { excused: 0, unrecorded: 0 };
  const success: number[] = [];
  const person: number[] = [];
  said.forEach((signals, key) => {
    const at = place[key] as number;
    if (!isEvent(at)) return;
    const became = becameOf(signals);
    if (became === 'excused' || became === 'unrecorded') {
      excluded[became] += 1;
      return;
    }
    success.push(became === wanted ? 1 : 0);
    person.push(who[at] as number);
  });
  return { success: Uint8Array.from(success), person: Uint32Array.from(person), excluded };
};

const becameOf = (signals: number): 'attended' | 'missed' | 'excused' | 'unrecorded' => {
  if ((signals & attended) !== 0) return 'attended';
  if ((signals & waived) !== 0) return 'excused';
  return (signals & missed) !== 0 ? 'missed' : 'unrecorded';
};
