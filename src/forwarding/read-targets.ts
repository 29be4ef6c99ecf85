import { Rejection } from '../xapi/rejection.ts';
import { readJson } from '../xapi/scan-json.ts';
import { checkHost } from './egress.ts';
import { readFilter } from './read-filter.ts';
import {
  type Complain,
  checkNames,
  type Members,
  readBoolean,
  readMembers,
  readOneOf,
  readText,
  readWhole,
} from './read-members.ts';
import type { Target } from './target.ts';

const NAMES = [
  'name',
  'endpoint',
  'version',
  'key',
  'secret',
  'secretFile',
  'filter',
  'from',
  'allowPrivate',
  'batch',
];

const BATCH = { otherwise: 50, most: 1000 };

/** The content of a file, or undefined when it cannot be read. */
export type ReadFile = (path: string) => string | undefined;

/**
 * Reads `{"targets":[…]}`. All that is wrong is told to `complain`, each with its place; what is answered is to be used only
 * when nothing was.
 */
export const readTargets = (text: string, readFile: ReadFile, complain: Complain): readonly Target[] => {
  const value = parse(text, complain);
  if (value === undefined) return [];
  const members = readMembers(value, complain);
  checkNames(members, ['targets'], complain);
  const listed = members.get('targets');
  if (!Array.isArray(listed)) {
    complain('/targets', 'Expected a list of targets.');
    return [];
  }
  const targets = listed.map((one: unknown, at) =>
    readTarget(one, readFile, (pointer, message) => complain(`/targets/${at}${pointer}`, message)),
  );
  for (const [at, { name }] of targets.entries()) {
    const isTaken = targets.findIndex((other) => other.name === name) < at;
    if (name !== '' && isTaken) complain(`/targets/${at}/name`, `There is a target ${name} already.`);
  }
  return targets;
};

const parse = (text: string, complain: Complain): unknown => {
  try {
    return readJson(text);
  } catch (error) {
    if (!(error instanceof Rejection)) throw error;
    for (const { pointer, message } of error.problems) complain(pointer, message);
    return undefined;
  }
};

const readTarget = (value: unknown, readFile: ReadFile, complain: Complain): Target => {
  const members = readMembers(value, complain);
  checkNames(members, NAMES, complain);
  const allowPrivate = readBoolean(members, 'allowPrivate', complain);
  return {
    name: readName(members, complain),
    endpoint: readEndpoint(members, allowPrivate, complain),
    version: readOneOf(members, 'version', ['1.0.3', '2.0.0'], complain),
    key: readKey(members, complain),
    secret: readSecret(members, readFile, complain),
    filter: readFilter(members.get('filter'), (pointer, message) => complain(`/filter${pointer}`, message)),
    from: readOneOf(members, 'from', ['now', 'start'], complain),
    allowPrivate,
    batch: readWhole(members, 'batch', BATCH, complain),
  };
};

const readName = (members: Members, complain: Complain): string => {
  const name = readText(members, 'name', complain);
  if (name !== '' && !/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(name)) {
    complain('/name', 'Expected up to 64 letters, digits, dots, hyphens and underscores.');
  }
  return name;
};

const readEndpoint = (members: Members, allowPrivate: boolean, complain: Complain): string => {
  const text = readText(members, 'endpoint', complain);
  if (text === '') return '';
  const url = /^https?:\/\//i.test(text) && URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || url.username + url.password + url.search + url.hash !== '') {
    complain('/endpoint', 'Expected an http or https URL without user, query and fragment.');
    return '';
  }
  try {
    if (!allowPrivate) checkHost(url);
  } catch (error) {
    complain('/endpoint', (error as Error).message);
  }
  return url.href.replace(/\/+$/, '');
};

const readKey = (members: Members, complain: Complain): string => {
  const key = readText(members, 'key', complain);
  if (key.includes(':')) complain('/key', 'A key must not contain a colon (RFC 7617).');
  return key;
};

const readSecret = (members: Members, readFile: ReadFile, complain: Complain): string => {
  if (members.has('secret') === members.has('secretFile')) {
    complain('', 'Expected either secret or secretFile.');
    return '';
  }
  if (members.has('secret')) return readText(members, 'secret', complain);
  const path = readText(members, 'secretFile', complain);
  if (path === '') return '';
  const secret = readFile(path)?.trim();
  if (secret === undefined || secret === '') {
    complain('/secretFile', `${path} cannot be read, or is empty.`);
  }
  return secret ?? '';
};
