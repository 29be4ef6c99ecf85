import type { DeadLetter, Letters } from '../forwarding/forward-store.ts';
import type { SeenForwards, SeenTarget } from '../forwarding/forwards.ts';
import { type Call, type Command, EXIT, type Option } from './command.ts';
import { openStore } from './open-store.ts';
import { readSettings } from './settings.ts';

const JSON_OPTION: Option = { name: 'json', explanation: 'Print JSON.' };
const TARGET = { name: '<target>', isNeeded: true };
const STATEMENT: Option = {
  name: 'statement',
  value: 'ID',
  explanation: 'Only this statement; all dead letters of the target unless given.',
};

/** How many dead letters are asked for at once. */
const PAGE = 500;

const withForwards = async (
  call: Call,
  act: (forwards: SeenForwards) => Promise<number>,
): Promise<number> => {
  const { store, close } = await openStore(readSettings(call.environment), false);
  try {
    return await act(store.forwards);
  } finally {
    await close();
  }
};

/** How forwarding to other LRSs goes (CAIRN_FORWARDING_FILE), and what they have refused. */
export const forwardsCommands: readonly Command[] = [
  {
    name: 'forwards list',
    summary: 'List the targets of forwarding: how far each has come, and what is wrong with it.',
    options: [JSON_OPTION],
    run: (call) =>
      withForwards(call, async (forwards) => {
        const all = await forwards.list();
        console.info(call.has('json') ? JSON.stringify(all, null, 2) : targetsText(all));
        return EXIT.ok;
      }),
  },
  {
    name: 'forwards dead',
    summary: 'List the dead letters of a target: statements that it refuses, and its answer.',
    options: [JSON_OPTION],
    argument: TARGET,
    run: (call) =>
      withForwards(call, async (forwards) => {
        for await (const page of pagesOf(forwards, call.argument as string)) {
          for (const letter of page)
            console.info(call.has('json') ? JSON.stringify(letter) : letterText(letter));
        }
        return EXIT.ok;
      }),
  },
  {
    name: 'forwards retry',
    summary: 'Send dead letters of a target again, and try the target now.',
    options: [STATEMENT],
    argument: TARGET,
    run: (call) =>
      withForwards(call, async (forwards) => {
        const count = await forwards.retry(call.argument as string, lettersOf(call));
        console.info(`${counted(count)} sent again.`);
        return EXIT.ok;
      }),
  },
  {
    name: 'forwards discard',
    summary: 'Forget dead letters of a target; they are never sent.',
    options: [STATEMENT],
    argument: TARGET,
    run: (call) =>
      withForwards(call, async (forwards) => {
        const count = await forwards.discard(call.argument as string, lettersOf(call));
        console.info(`${counted(count)} forgotten.`);
        return EXIT.ok;
      }),
  },
];

const lettersOf = (call: Call): Letters => {
  const id = call.value('statement');
  return id === undefined ? 'all' : [id];
};

async function* pagesOf(forwards: SeenForwards, target: string): AsyncGenerator<readonly DeadLetter[]> {
  for (let after = 0; ; ) {
    const page = await forwards.deadLetters(target, after, PAGE);
    yield page;
    if (page.length < PAGE) return;
    after = page.at(-1)?.position ?? after;
  }
}

const counted = (count: number): string => (count === 1 ? '1 dead letter is' : `${count} dead letters are`);

const targetsText = (targets: readonly SeenTarget[]): string =>
  targets.length === 0
    ? 'There are no targets; CAIRN_FORWARDING_FILE names them.'
    : targets.map(targetText).join('\n');

const targetText = (target: SeenTarget): string => {
  const { name, endpoint, behind, deadLetters, lastSuccess, failing } = target;
  const last = lastSuccess === undefined ? 'nothing taken yet' : `last success ${momentOf(lastSuccess)}`;
  const line = `${name}  ${endpoint}  ${behind} behind, ${deadLetters} dead letters, ${last}`;
  if (failing === undefined) return line;
  const { since, failures, error, nextTry } = failing;
  return `${line}\n  fails since ${momentOf(since)} (${failures} times), tried again ${momentOf(nextTry)}: ${oneLine(error)}`;
};

const letterText = ({ statementId, status, attempts, refused, answer }: DeadLetter): string =>
  `${statementId}  ${status}  ${attempts} times, last ${momentOf(refused)}\n  ${oneLine(answer)}`;

const momentOf = (milliseconds: number): string => `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;

const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim().slice(0, 300);
