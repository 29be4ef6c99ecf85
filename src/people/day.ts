import { isTimestamp } from '../xapi/timestamp.ts';

/** A day of 24 hours in milliseconds; days of people data are days in UTC. */
export const DAY = 86_400_000;

/** Whether the text is a date of the calendar, `YYYY-MM-DD`. */
export const isDay = (text: string): boolean => text.length === 10 && isTimestamp(`${text}T00:00:00Z`);

/** The first millisecond of a day, since 1970 (UTC). */
export const dayStart = (day: string): number => Date.parse(`${day}T00:00:00Z`);

/** The last millisecond of a day. */
export const dayEnd = (day: string): number => dayStart(day) + DAY - 1;
