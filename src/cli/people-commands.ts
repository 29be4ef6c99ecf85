import { readRecord } from '../http/transfer-record.ts';
import { Rejection } from '../xapi/rejection.ts';
import { readJson } from '../xapi/scan-json.ts';
import { type Call, type Command, EXIT, type Option } from './command.ts';
import { openStore } from './open-store.ts';
import { readSettings } from './settings.ts';

const REASONS: readonly Option[] = [
  { name: 'why', value: 'TEXT', explanation: 'Why; kept for people who ask later. It is needed.' },
  { name: 'evidence', value: 'TEXT', explanation: 'What proves it, such as a ticket.' },
];

const ARGUMENT = { name: '<identifiers>', isNeeded: true };

const EXAMPLE =
  '\'[{"mbox":"mailto:ada@example.org"},{"account":{"homePage":"https://hr.example.org","name":"17"}}]\'';

/** Who is who. */
export const peopleCommands: readonly Command[] = [
  {
    name: 'people merge',
    summary: "Record that identifiers are one person's.",
    details: `They are given as JSON: ${EXAMPLE}.\nNo statement is changed, and a split takes it back.`,
    options: REASONS,
    argument: ARGUMENT,
    run: (call) => record(call, 'merge', {}),
  },
  {
    name: 'people split',
    summary: "Record that identifiers are another person's than those they are joined with.",
    details: `They are given as JSON: ${EXAMPLE}.\nEach is taken out on its own, unless --together.`,
    options: [{ name: 'together', explanation: 'They are one other person, and not several.' }, ...REASONS],
    argument: ARGUMENT,
    run: (call) => record(call, 'split', call.has('together') ? { together: true } : {}),
  },
];

const record = async (call: Call, kind: 'merge' | 'split', more: object): Promise<number> => {
  const reasons = ['why', 'evidence'].flatMap((name) => (call.has(name) ? [[name, call.value(name)]] : []));
  const wish = asPeopleWrite(() =>
    readRecord(
      { identifiers: readJson(call.argument as string), ...more, ...Object.fromEntries(reasons) },
      kind,
    ),
  );
  const { store, close } = await openStore(readSettings(call.environment), true);
  try {
    const [position] = await store.recordPeople(wish);
    console.info(`Recorded at position ${position}.`);
    return EXIT.ok;
  } finally {
    await close();
  }
};

/** All that is wrong, a line each; members that are flags here are called so. */
const asPeopleWrite = <Result>(read: () => Result): Result => {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof Rejection)) throw error;
    const told = error.problems.map(
      ({ pointer, message }) => `${pointer.replace(/^\/(why|evidence)$/, '--$1')}: ${message}`,
    );
    throw new Error(told.join('\n').replace(/^: /gm, ''));
  }
};
