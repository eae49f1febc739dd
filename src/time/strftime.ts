// time.strftime, in the C locale.
import { signature } from "../arguments";
import { typeName } from "../builtins/classes";
import { TypeError, ValueError } from "../exceptions";
import { defineAll } from "../registry";
import { type Fields, fieldsOf, localtime, mktime, type struct_time, tzname } from "./calendar";
import { DAYS, MONTHS } from "./names";

interface Moment {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  weekday: number;
  yearday: number;
  isdst: number;
  given: readonly number[];
}

const pad = (n: number, width = 2, fill = "0") => String(n).padStart(width, fill);
const twelve = (hour: number) => (hour % 12 === 0 ? 12 : hour % 12);
/** Week of the year whose first one begins with the first day of its kind. */
const week = (m: Moment, sinceFirst: number) => Math.floor((m.yearday + 6 - sinceFirst) / 7);

const isLeap = (year: number) => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

/** The year and the week of ISO 8601: the week that has Thursday decides. */
function isoWeek({ year, yearday, weekday }: Moment): [year: number, week: number] {
  const number = Math.floor((yearday - (weekday + 1) + 10) / 7);
  const weeksOf = (y: number) => {
    const first = new Date(Date.UTC(y, 0, 1)).getUTCDay();
    return first === 4 || (isLeap(y) && first === 3) ? 53 : 52;
  };
  if (number < 1) return [year - 1, weeksOf(year - 1)];
  return number > weeksOf(year) ? [year + 1, 1] : [year, number];
}

function offset(m: Moment): string {
  const seconds = (m.given as struct_time).tm_gmtoff ?? 0;
  const minutes = Math.floor(Math.abs(seconds) / 60);
  return `${seconds < 0 ? "-" : "+"}${pad(Math.floor(minutes / 60))}${pad(minutes % 60)}`;
}

const DIRECTIVES: Record<string, (m: Moment) => string> = {
  a: (m) => DAYS[m.weekday]!.slice(0, 3),
  A: (m) => DAYS[m.weekday]!,
  b: (m) => MONTHS[m.month - 1]!.slice(0, 3),
  B: (m) => MONTHS[m.month - 1]!,
  c: (m) => format("%a %b %e %H:%M:%S %Y", m),
  C: (m) => pad(Math.floor(m.year / 100)),
  d: (m) => pad(m.day),
  D: (m) => format("%m/%d/%y", m),
  e: (m) => pad(m.day, 2, " "),
  F: (m) => format("%Y-%m-%d", m),
  g: (m) => pad(isoWeek(m)[0] % 100),
  G: (m) => String(isoWeek(m)[0]),
  H: (m) => pad(m.hour),
  I: (m) => pad(twelve(m.hour)),
  j: (m) => pad(m.yearday, 3),
  k: (m) => pad(m.hour, 2, " "),
  l: (m) => pad(twelve(m.hour), 2, " "),
  m: (m) => pad(m.month),
  M: (m) => pad(m.minute),
  n: () => "\n",
  p: (m) => (m.hour < 12 ? "AM" : "PM"),
  P: (m) => (m.hour < 12 ? "am" : "pm"),
  r: (m) => format("%I:%M:%S %p", m),
  R: (m) => format("%H:%M", m),
  s: (m) => String(mktime(m.given)),
  S: (m) => pad(m.second),
  t: () => "\t",
  T: (m) => format("%H:%M:%S", m),
  u: (m) => String(m.weekday + 1),
  U: (m) => pad(week(m, (m.weekday + 1) % 7)),
  V: (m) => pad(isoWeek(m)[1]),
  w: (m) => String((m.weekday + 1) % 7),
  W: (m) => pad(week(m, m.weekday)),
  x: (m) => format("%m/%d/%y", m),
  X: (m) => format("%H:%M:%S", m),
  y: (m) => pad(((m.year % 100) + 100) % 100),
  Y: (m) => String(m.year),
  z: offset,
  Z: (m) => ((m.given as struct_time).tm_zone as unknown as string) ?? tzname[m.isdst > 0 ? 1 : 0],
  "%": () => "%",
};
DIRECTIVES.h = DIRECTIVES.b!;

function format(text: string, moment: Moment): string {
  return text.replace(/%[EO]?([a-zA-Z%])/g, (all, directive: string) => DIRECTIVES[directive]?.(moment) ?? all);
}

const NAMES = ["month", "day of month", "hour", "minute", "seconds", "day of week", "day of year"] as const;
const LIMITS = [12, 31, 23, 59, 61, 7, 366];

function momentOf(given: readonly number[]): Moment {
  const fields = fieldsOf(given, "strftime");
  for (const [i, field] of fields.entries()) {
    if (!Number.isInteger(field)) throw TypeError(`'${typeName(field)}' object cannot be interpreted as an integer`);
    // Python takes 0 for the first month, day and day of the year, and weekdays modulo 7.
    if (i >= 1 && i <= 7 && (field < (i === 6 ? -1 : 0) || (i !== 6 && field > LIMITS[i - 1]!))) {
      throw ValueError(i === 6 ? "day of week out of range" : `${NAMES[i - 1]} out of range`);
    }
  }
  const [year, month, day, hour, minute, second, weekday, yearday, isdst] = fields as unknown as Fields;
  return {
    year,
    month: month || 1,
    day: day || 1,
    hour,
    minute,
    second,
    weekday: (weekday + 7) % 7,
    yearday: yearday || 1,
    isdst,
    given,
  };
}

const bindStrftime = signature<[format: string, t: readonly number[] | null]>("strftime(format, t=None, /)");

/**
 * A moment as text: `strftime("%Y-%m-%d %H:%M:%S", localtime())`. Now, unless told. Names are English.
 *
 * @throws ValueError if a field is out of range
 */
export function strftime(format: string, t?: readonly number[] | null): string;
export function strftime(...args: unknown[]): string {
  const [text, t] = bindStrftime(args);
  if (typeof text !== "string") throw TypeError(`strftime() argument 1 must be str, not ${typeName(text)}`);
  return format(text, momentOf(t ?? localtime()));
}

defineAll("time", { strftime });
