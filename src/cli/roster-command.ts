import { type RosterCsvOptions, type RowProblem, readRosterCsv } from '../people/read-roster-csv.ts';
import { isIri } from '../xapi/iri.ts';
import { type Call, type Command, EXIT } from './command.ts';
import { openSource } from './open-source.ts';
import { openStore } from './open-store.ts';
import { readSettings } from './settings.ts';

/** `cairn roster`: what a personnel department knows of people, from a CSV file. */
export const rosterCommand: Command = {
  name: 'roster',
  summary: 'Record who people are, from when on: departments, roles, managers, from a CSV file.',
  details: [
    'UTF-8 with a header, gzipped or not; - is stdin. Columns are told by their headers, whatever their letter case:',
    'email (or mbox), account_home and account_name, employee_id (with --account-home), mbox_sha1sum, openid; name,',
    'department, role, region, manager, hire_date, leave_date, effective_from. All others are attributes of their own.',
    'A row holds from effective_from on; without it from hire_date, if nothing is known of the person yet, else from now.',
    'An empty cell says that there is nothing of the kind from then on; a column that is not there says nothing. The same',
    'row again changes nothing. Every row that is not good is explained, and the good ones are recorded all at once.',
  ].join('\n'),
  options: [
    { name: 'dry-run', explanation: 'Only say what is wrong; the store is not asked.' },
    {
      name: 'account-home',
      value: 'URL',
      explanation:
        'The home page of the accounts that employee ids (and managers without @) are the names of.',
    },
    {
      name: 'date-format',
      value: 'FORMAT',
      explanation: 'How dates are written that are not ISO 8601, such as DD.MM.YYYY or MM/DD/YYYY.',
    },
    { name: 'name', value: 'NAME', explanation: "What to call the source; the file's name unless given." },
  ],
  argument: { name: '<file>', isNeeded: true },
  run: async (call) => {
    const path = call.argument as string;
    const options = optionsOf(call);
    const called = call.value('name');
    const { chunks, name } = openSource(path, called);
    const { rows, problems } = readRosterCsv(await whole(chunks), options);
    for (const problem of problems) console.error(problemText(problem));
    const isStored = rows.length > 0 && !call.has('dry-run');
    const source = called ?? (path === '-' ? 'stdin' : name);
    if (isStored) await record(call, { record: 'roster', source, rows });
    console.info(summaryOf(rows.length, problems, isStored));
    return problems.length === 0 ? EXIT.ok : EXIT.failed;
  },
};

const record = async (call: Call, roster: Parameters<Store['recordPeople']>[0]): Promise<void> => {
  const { store, close } = await openStore(readSettings(call.environment), true);
  try {
    await store.recordPeople(roster);
  } finally {
    await close();
  }
};

type Store = Awaited<ReturnType<typeof openStore>>['store'];

const optionsOf = (call: Call): RosterCsvOptions => {
  const accountHome = call.value('account-home');
  const dateFormat = call.value('date-format');
  if (accountHome !== undefined && !isIri(accountHome))
    throw new Error(`--account-home is an IRI with a scheme, not ${accountHome}.`);
  return {
    ...(accountHome === undefined ? {} : { accountHome }),
    ...(dateFormat === undefined ? {} : { dateFormat }),
  };
};

const whole = async (chunks: AsyncIterable<Buffer>): Promise<Buffer> => {
  const all: Buffer[] = [];
  for await (const chunk of chunks) all.push(chunk);
  return Buffer.concat(all);
};

const problemText = ({ line, column, reason }: RowProblem): string =>
  `line ${line}${column === undefined ? '' : `, ${column}`}: ${reason}`;

const summaryOf = (good: number, problems: readonly RowProblem[], isStored: boolean): string => {
  const bad = new Set(problems.map(({ line }) => line)).size;
  const rows = `${good.toLocaleString('en')} ${good === 1 ? 'row is' : 'rows are'} ${isStored ? 'recorded' : 'good'}`;
  return bad === 0 ? `${rows}.` : `${rows}, ${bad.toLocaleString('en')} ${bad === 1 ? 'is' : 'are'} not.`;
};
