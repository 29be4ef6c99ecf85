import { mediaTypeOf } from '../../xapi/media-type.ts';
import { type Problem, Rejection, reject } from '../../xapi/rejection.ts';
import { readJson } from '../../xapi/scan-json.ts';
import { epochMicros, isTimestamp } from '../../xapi/timestamp.ts';
import type { ApiExchange } from './api-exchange.ts';

/** Reads the members of a JSON object, each undefined when it is absent, and tells all that is wrong with them at once. */
export type BodyMembers = {
  text(name: string, most: number): string | undefined;
  boolean(name: string): boolean | undefined;
  whole(name: string, least: number, most: number): number | undefined;
  /** Microseconds since 1970, or null. */
  moment(name: string): number | null | undefined;
  /** A list of texts that are each good. */
  list<Item extends string>(
    name: string,
    isGood: (text: string) => boolean,
    what: string,
  ): readonly Item[] | undefined;
  /** Whatever it is; `problems` says what is wrong with it. */
  value(name: string, problems: (value: unknown) => readonly Problem[]): unknown;
  /** @throws Rejection `body-invalid` naming everything that is wrong, unknown members too. */
  check(): void;
};

const isNearMoment = (text: string): boolean => isTimestamp(text) && /^(19[7-9]|2[01]|22[0-4])/.test(text);

/** @throws Rejection for what is no JSON object. */
export const bodyMembers = ({ body, header }: ApiExchange): BodyMembers => {
  if (mediaTypeOf(header('content-type') ?? '') !== 'application/json')
    throw reject('header-invalid', '/Content-Type', 'The body is to be application/json.');
  const members = readJson(body.toString('utf8')) as Readonly<Record<string, unknown>>;
  if (typeof members !== 'object' || members === null || Array.isArray(members))
    throw reject('body-invalid', '', 'The body is to be a JSON object.');
  const problems: Problem[] = [];
  const known = new Set<string>();
  const read = <Value>(
    name: string,
    isGood: (value: unknown) => boolean,
    what: string,
  ): Value | undefined => {
    known.add(name);
    const value = Object.hasOwn(members, name) ? members[name] : undefined;
    if (value === undefined || isGood(value)) return value as Value | undefined;
    problems.push({ pointer: `/${name}`, message: `${name} is ${what}.` });
    return undefined;
  };
  return {
    text: (name, most) =>
      read(name, (value) => isLine(value, most), `a text of up to ${most} characters, in one line`),
    boolean: (name) => read(name, (value) => typeof value === 'boolean', 'true or false'),
    whole: (name, least, most) =>
      read(
        name,
        (value) => Number.isInteger(value) && Number(value) >= least && Number(value) <= most,
        `a whole number from ${least} to ${most}`,
      ),
    moment: (name) => {
      const isMoment = (value: unknown) => value === null || (isText(value) && isNearMoment(value));
      const moment = read<string | null>(name, isMoment, 'an ISO 8601 timestamp from 1970 to 2249, or null');
      return isText(moment) ? epochMicros(moment) : moment;
    },
    list: (name, isGood, what) =>
      read(
        name,
        (value) => Array.isArray(value) && value.every((one) => isText(one) && isGood(one)),
        `a list of ${what}`,
      ),
    value: (name, problemsOf) => {
      const value = read<unknown>(name, () => true, '');
      if (value !== undefined)
        for (const { pointer, ...rest } of problemsOf(value))
          problems.push({ ...rest, pointer: `/${name}${pointer}` });
      return value;
    },
    check: () => {
      for (const name of Object.keys(members))
        if (!known.has(name)) problems.push({ pointer: `/${name}`, message: `There is no member ${name}.` });
      if (problems.length > 0) throw new Rejection('body-invalid', problems);
    },
  };
};

const isText = (value: unknown): value is string => typeof value === 'string';

const isLine = (value: unknown, most: number): boolean =>
  isText(value) && value.length <= most && !/\p{Cc}/u.test(value);
