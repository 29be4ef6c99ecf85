import { createWriteStream, statSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { PassThrough, Readable, Transform, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { ExportRequest } from '../http/export-text.ts';
import { Rejection } from '../xapi/rejection.ts';
import { type Call, type Command, EXIT, type Option } from './command.ts';
import { explainSystemError } from './explain-system-error.ts';
import { openStore } from './open-store.ts';
import { readSettings } from './settings.ts';

/** The filters of GET statements, by their flags here. */
const FILTERS: readonly Option[] = [
  { name: 'agent', value: 'JSON', explanation: 'Only of this agent or identified group.' },
  { name: 'verb', value: 'IRI', explanation: 'Only with this verb.' },
  { name: 'activity', value: 'IRI', explanation: 'Only about this activity.' },
  { name: 'registration', value: 'UUID', explanation: 'Only of this registration.' },
  { name: 'related-agents', explanation: 'The agent may stand anywhere in a statement.' },
  { name: 'related-activities', explanation: 'The activity may stand anywhere in a statement.' },
  { name: 'since', value: 'TIME', explanation: 'Only what was stored after this moment.' },
  { name: 'until', value: 'TIME', explanation: 'Only what was stored up to this moment.' },
];

/** `cairn export`: what is stored, as text that `cairn import` reads. */
export const exportCommand: Command = {
  name: 'export',
  summary: 'Write statements, attachments, documents and records as NDJSON or JSON.',
  details:
    'Statements are written as they are stored, oldest first, so that cairn import --keep-stored --keep-authority makes\n' +
    'the same store of them. Without a filter the voided ones are there too, for they are part of the record. Documents\n' +
    'go by the filters on agent, activity, registration and time; none go with --verb. What was recorded about people\n' +
    'stands in front, if nothing is filtered.',
  options: [
    {
      name: 'output',
      value: 'FILE',
      explanation: 'Where to write it, gzipped if it ends in .gz; stdout unless given.',
    },
    {
      name: 'format',
      value: 'FORMAT',
      explanation: 'ndjson (a line each, unless given) or json (one array).',
    },
    ...FILTERS,
    { name: 'ascending', explanation: 'Oldest first, as it is unless --descending.' },
    { name: 'descending', explanation: 'Newest first, without the voided ones.' },
    { name: 'limit', value: 'N', explanation: 'At most so many statements.' },
    { name: 'no-attachments', explanation: 'Without the bytes of attachments.' },
    {
      name: 'no-terms',
      explanation: 'Without {"terms":{…}}, how statements were stored where they do not say so themselves.',
    },
    { name: 'no-documents', explanation: 'Without State and Profile documents.' },
    {
      name: 'no-records',
      explanation: 'Without what was recorded about people (merges, roster, requirements …).',
    },
  ],
  run: async (call) => {
    const request = requestOf(call);
    const { store, close } = await openStore(readSettings(call.environment), false);
    try {
      await write(Readable.from(store.exportText(request)), call.value('output'));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EPIPE') throw nameFlag(error);
    } finally {
      await close();
    }
    return EXIT.ok;
  },
};

const requestOf = (call: Call): ExportRequest => {
  const format = call.value('format') ?? 'ndjson';
  if (format !== 'ndjson' && format !== 'json') throw new Error(`--format is ndjson or json, not ${format}.`);
  if (call.has('ascending') && call.has('descending'))
    throw new Error('--ascending and --descending exclude each other.');
  const parameters = new Map([['ascending', String(!call.has('descending'))]]);
  for (const { name, value } of [...FILTERS, { name: 'limit', value: 'N' }]) {
    if (!call.has(name)) continue;
    parameters.set(name.replace('-', '_'), value === undefined ? 'true' : (call.value(name) as string));
  }
  return {
    format,
    attachments: !call.has('no-attachments'),
    terms: !call.has('no-terms'),
    documents: !call.has('no-documents'),
    records: !call.has('no-records'),
    parameters,
  };
};

/** A file is there whole or not at all: it is written aside and renamed. */
const write = async (text: Readable, path: string | undefined): Promise<void> => {
  if (path === undefined || path === '-') {
    await pipeline(text, process.stdout, { end: false });
    return;
  }
  const isPlain = statSync(path, { throwIfNoEntry: false })?.isFile() !== false;
  const aside = isPlain ? `${path}.part` : path;
  try {
    await writeTo(createWriteStream(aside, { mode: 0o600 }), text, path.endsWith('.gz'));
    if (isPlain) {
      await sync(aside);
      await rename(aside, path);
    }
  } catch (error) {
    if (isPlain) await rm(aside, { force: true });
    throw explainSystemError(error, path, '');
  }
};

const writeTo = async (file: Writable, text: Readable, isGzip: boolean): Promise<void> => {
  let lines = 0;
  const count = new Transform({
    transform: (chunk: Buffer, _encoding, done) => {
      for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, at + 1)) lines += 1;
      done(null, chunk);
    },
  });
  await pipeline(text, count, isGzip ? createGzip() : new PassThrough(), file);
  console.error(`${lines.toLocaleString('en')} lines are written.`);
};

const sync = async (path: string): Promise<void> => {
  const file = await open(path, 'r+');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
};

/** A parameter of GET is a flag here. */
const nameFlag = (error: unknown): unknown => {
  if (!(error instanceof Rejection) || error.reason !== 'parameter-invalid') return error;
  return new Error(
    error.problems
      .map(({ pointer, message }) => `--${pointer.slice(1).replaceAll('_', '-')}: ${message}`)
      .join('\n'),
  );
};
