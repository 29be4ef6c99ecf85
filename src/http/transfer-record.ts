import { installationSignals } from '../metrics/installation-signals.ts';
import { SIGNALS, type Signal } from '../metrics/signal.ts';
import { recordReader } from '../people/read-record.ts';
import type { SignedRecord } from '../people/record.ts';
import type { JsonReader } from '../xapi/json-reader.ts';
import { Rejection } from '../xapi/rejection.ts';
import { isTimestamp } from '../xapi/timestamp.ts';
import { invalid, readObject } from './transfer-element.ts';

/** What is wrong with an addition to the table of signals, where it stands in a record. */
const signalTable: JsonReader<object> = (value, at, problems) => {
  try {
    installationSignals(value);
    return value as object;
  } catch (error) {
    if (!(error instanceof Rejection)) throw error;
    for (const problem of error.problems) problems.push({ ...problem, pointer: at + problem.pointer });
    return undefined;
  }
};

/** Reads records, with the signals that metrics know. */
export const readRecord = recordReader(Object.keys(SIGNALS) as Signal[], signalTable);

/** `{"record":{"record","by","at",…}}`: what was recorded about people, by whom and when. */
export const transferRecord = (record: SignedRecord): string => JSON.stringify({ record });

/** @throws Rejection `json-invalid`, `too-large` or `body-invalid`. */
export const readTransferredRecord = (text: string): SignedRecord => {
  const { by, at, ...rest } = readObject(text, 'record');
  if (typeof by !== 'string' || by === '')
    throw invalid('record', 'by', 'Expected a text that is not empty.');
  if (typeof at !== 'string' || !isTimestamp(at))
    throw invalid('record', 'at', 'Expected an ISO 8601 timestamp.');
  try {
    return { ...readRecord(rest), by, at };
  } catch (error) {
    if (!(error instanceof Rejection)) throw error;
    const placed = error.problems.map((problem) => ({ ...problem, pointer: `/record${problem.pointer}` }));
    throw new Rejection(error.reason, placed);
  }
};
