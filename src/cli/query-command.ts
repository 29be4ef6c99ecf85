import { readFileSync } from 'node:fs';
import type { Answer } from '../metrics/views.ts';
import { Rejection } from '../xapi/rejection.ts';
import { readJson } from '../xapi/scan-json.ts';
import { answerTable } from './answer-table.ts';
import { type Call, type Command, EXIT } from './command.ts';
import { openStore } from './open-store.ts';
import { readSettings } from './settings.ts';

/** `cairn query`: figures of learning, as `POST /api/v1/query` answers them. */
export const queryCommand: Command = {
  name: 'query',
  summary: 'Print metrics of learning, such as completion.rate, by dimensions.',
  details: [
    'Each figure stands with what it is of and its 95 % interval. Values of few people are shown too.',
    'What is missing in the flags can be asked with --query: a question as POST /api/v1/query takes it.',
  ].join('\n'),
  options: [
    {
      name: 'by',
      value: 'LIST',
      explanation: 'Dimensions, with commas between them, such as course,outcome.',
    },
    { name: 'time', value: 'PERIOD', explanation: 'day, week, month, quarter or year.' },
    {
      name: 'filter',
      value: 'DIM=VALUE',
      explanation: 'Only what has this value; several with "," between them are any of them.',
    },
    { name: 'as-of', value: 'MOMENT', explanation: 'As it stood then: a day or a timestamp of ISO 8601.' },
    { name: 'query', value: 'FILE', explanation: 'The whole question as JSON; - is stdin.' },
    { name: 'json', explanation: 'Print the answer as it is.' },
  ],
  argument: { name: '<metric>', isNeeded: false },
  run: async (call) => {
    const query = questionOf(call);
    const { store, close } = await openStore(readSettings(call.environment), false);
    try {
      const answer = (await store.ask({ kind: 'query', query }).catch(asPeopleRead)) as Answer;
      console.info(call.has('json') ? JSON.stringify(answer, null, 2) : answerTable(answer));
      return EXIT.ok;
    } finally {
      await close();
    }
  },
};

const questionOf = (call: Call): unknown => {
  const file = call.value('query');
  return file === undefined ? questionOfFlags(call) : questionIn(file, call);
};

const questionIn = (file: string, call: Call): unknown => {
  const others = ['by', 'time', 'filter', 'as-of'].filter((name) => call.has(name));
  if (call.argument !== undefined || others.length > 0)
    throw new Error('--query is the whole question; there can be no other flags with it but --json.');
  return readJson(readFileSync(file === '-' ? 0 : file, 'utf8'));
};

const questionOfFlags = (call: Call): unknown => {
  if (call.argument === undefined) throw new Error('Which metric? Such as: cairn query completion.rate');
  const [by, time, filter, asOf] = ['by', 'time', 'filter', 'as-of'].map((name) => call.value(name));
  return {
    metrics: [call.argument],
    ...(by === undefined ? {} : { dimensions: by.split(',').map((name) => name.trim()) }),
    ...(time === undefined ? {} : { time: { grain: time } }),
    ...(filter === undefined ? {} : { filters: filterOf(filter) }),
    ...(asOf === undefined ? {} : { asOf }),
  };
};

const filterOf = (text: string): object => {
  const equals = text.indexOf('=');
  if (equals < 1) throw new Error(`--filter is DIM=VALUE, not ${text}.`);
  return {
    dim: text.slice(0, equals),
    op: 'in',
    values: text
      .slice(equals + 1)
      .split(',')
      .map(plainValue),
  };
};

const plainValue = (text: string): string | number | boolean => {
  if (text === 'true' || text === 'false') return text === 'true';
  return /^-?\d{1,15}(\.\d+)?$/.test(text) ? Number(text) : text;
};

/** All that is wrong, a line each. */
const asPeopleRead = (error: unknown): never => {
  if (!(error instanceof Rejection)) throw error;
  throw new Error(error.problems.map(({ message }) => message).join('\n'));
};
