import { bytesOf, type Database } from './database.ts';

/** The text of a setting in a log that is only looked at; '' when there is none. */
export const settingIn = (database: Database, name: string): string => {
  const value = database.prepare('select value from setting where name=?').get(name)?.['value'];
  return value === undefined ? '' : bytesOf(value).toString();
};
