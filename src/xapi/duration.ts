const DATE_UNITS = 'YMD';
const TIME_UNITS = 'HMS';

const isDigit = (code: number): boolean => code >= 48 && code <= 57;

const digitsEnd = (text: string, from: number): number => {
  let at = from;
  while (isDigit(text.charCodeAt(at))) at++;
  return at;
};

/** Index of the unit after a number with or without a fraction, or -1 if there is no number. */
const numberEnd = (text: string, from: number): number => {
  const whole = digitsEnd(text, from);
  const mark = text.charCodeAt(whole);
  if (whole === from || (mark !== 46 && mark !== 44)) return whole === from ? -1 : whole;
  const end = digitsEnd(text, whole + 1);
  return end === whole + 1 ? -1 : end;
};

const isFraction = (text: string, from: number, end: number): boolean => digitsEnd(text, from) !== end;

/** Index after the last component of one half, or -1: each unit at most once, in order, nothing after a fraction. */
const halfEnd = (text: string, from: number, units: string): number => {
  let at = from;
  let unit = 0;
  while (at < text.length && text.charCodeAt(at) !== 84) {
    const end = numberEnd(text, at);
    const place = end < 0 || end === text.length ? -1 : units.indexOf(text.charAt(end), unit);
    if (place < 0) return -1;
    if (isFraction(text, at, end) && end !== text.length - 1) return -1;
    unit = place + 1;
    at = end + 1;
  }
  return at;
};

const isWeeks = (text: string): boolean => {
  const end = numberEnd(text, 1);
  return end === text.length - 1 && text.charCodeAt(end) === 87;
};

/**
 * Whether the text is an ISO 8601 duration in the designator form: `PnYnMnDTnHnMnS` with any of the components
 * left out but not all, or `PnW`. The last component may have a fraction, after a point or a comma.
 * No sign, no mix of weeks with others, no alternative format. Linear in the length.
 */
export const isDuration = (text: string): boolean => {
  if (text.charCodeAt(0) !== 80 || text.length < 3) return false;
  const date = halfEnd(text, 1, DATE_UNITS);
  if (date === text.length) return true;
  if (date < 0) return isWeeks(text);
  return date + 1 < text.length && halfEnd(text, date + 1, TIME_UNITS) === text.length;
};

/**
 * The duration with its seconds cut, not rounded, to hundredths, for comparison only (2.0.0 ignores the rest):
 * `PT1.239S` and `PT1,23S` give `PT1.23S`; `PT1.00S` gives `PT1S`. Everything else stays as it is.
 */
export const cutDuration = (text: string): string => {
  if (!text.endsWith('S')) return text;
  const mark = Math.max(text.lastIndexOf('.'), text.lastIndexOf(','));
  if (mark < 0) return text;
  const hundredths = text.slice(mark + 1, Math.min(mark + 3, text.length - 1));
  const kept = hundredths.endsWith('0') ? hundredths.slice(0, hundredths === '00' ? 0 : -1) : hundredths;
  return `${text.slice(0, mark)}${kept === '' ? '' : `.${kept}`}S`;
};
