import { findZone, type WallTime, wallTimeReader, type Zone } from './local-time.ts';
import { checkMembers, isObject, type Maker, member, type Part, wrong } from './maker.ts';
import { mappedValue } from './mapped-value.ts';
import { readTemplate, type Template } from './template.ts';
import { TIMESTAMP } from './value-kinds.ts';

/** A time: `{"value","format","zone"}`, or a text that is a timestamp already. */
export const mappedTime: Part<string> = (value, at) => {
  if (!isObject(value) || 'column' in value) return mappedValue(TIMESTAMP)(value, at);
  checkMembers(value, at, ['value', 'format', 'zone']);
  const { value: text, format, zone } = value;
  if (typeof text !== 'string') return wrong(member(at, 'value'), 'Expected a text with {columns}.');
  const template = readTemplate(text, member(at, 'value'));
  const read = typeof format === 'string' ? wallTimeReader(format) : undefined;
  if (read === undefined) {
    wrong(
      member(at, 'format'),
      'Expected a format of YYYY, MM or M, DD or D, HH or H, mm, ss, as in D.M.YYYY H:mm.',
    );
  }
  const found = typeof zone === 'string' ? findZone(zone) : undefined;
  if (found === undefined) wrong(member(at, 'zone'), 'Expected a time zone such as Europe/Berlin.');
  return read === undefined || found === undefined
    ? () => ({ missing: '' })
    : timeMaker(template, read, found, `of the form ${format} in ${zone}`);
};

const timeMaker = (
  { columns, make }: Template,
  read: (text: string) => WallTime | undefined,
  zone: Zone,
  form: string,
): Maker<string> => {
  const [first = ''] = columns;
  return (row) => {
    const text = make(row);
    if (typeof text !== 'string') return text;
    const time = read(text);
    const made = time === undefined ? undefined : zone.timestampOf(time);
    if (made !== undefined) return made;
    const why =
      time === undefined ? 'is no time' : 'is skipped by the clocks, which are set forward: no time';
    row.refuse(first, `${JSON.stringify(text)} ${why} ${form}.`);
    return { missing: first };
  };
};
