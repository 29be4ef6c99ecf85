import { isDuration } from '../../xapi/duration.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Nothing that a statement tells lasts longer: what does is held here. */
const MOST = 366 * DAY;

/** Milliseconds of a unit; a year and a month are the mean ones of the Julian calendar. `M` depends on its place. */
const unitMillis = (code: number, isTime: boolean): number => {
  switch (code) {
    case 83:
      return SECOND;
    case 77:
      return isTime ? MINUTE : 30.4375 * DAY;
    case 72:
      return HOUR;
    case 68:
      return DAY;
    case 87:
      return 7 * DAY;
    default:
      return 365.25 * DAY;
  }
};

/** Whole milliseconds of an ISO 8601 duration, 366 days at most; undefined if the text is none. */
export const durationMillis = (text: string): number | undefined => {
  if (!isDuration(text)) return undefined;
  let millis = 0;
  let isTime = false;
  let from = 1;
  for (let at = 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < 65) continue;
    if (code === 84) isTime = true;
    else millis += Number(text.slice(from, at).replace(',', '.')) * unitMillis(code, isTime);
    from = at + 1;
  }
  return Math.min(MOST, Math.round(millis));
};
