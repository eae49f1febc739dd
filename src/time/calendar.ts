// Moments as struct_time, and back.
import { signature } from "../arguments";
import { typeName } from "../builtins/classes";
import { tuple } from "../builtins/tuple";
import { OverflowError, TypeError } from "../exceptions";
import { defineAll } from "../registry";
import { type StructSequence, structSequence } from "../structseq";
import { DAYS, MONTHS } from "./names";

/** The visible fields of a struct_time. */
export type Fields = readonly [
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
  weekday: number,
  yearday: number,
  isdst: number,
];

const FIELDS = [
  "tm_year",
  "tm_mon",
  "tm_mday",
  "tm_hour",
  "tm_min",
  "tm_sec",
  "tm_wday",
  "tm_yday",
  "tm_isdst",
  "tm_zone",
  "tm_gmtoff",
] as const;
/** The items; zone and offset have names only. */
const VISIBLE = 9;

const made = structSequence("time.struct_time", FIELDS, VISIBLE);
export type struct_time = StructSequence<(typeof FIELDS)[number], number>;

/** Nine numbers, and a name for each: year, month, day, hour, minute, second, weekday (Monday is 0), day of the year, summer time. */
export function struct_time(items: Iterable<unknown>): struct_time {
  const all = [...items];
  if (all.length < VISIBLE) {
    throw TypeError(`time.struct_time() takes an at least 9-sequence (${all.length}-sequence given)`);
  }
  if (all.length > FIELDS.length) {
    throw TypeError(`time.struct_time() takes an at most 11-sequence (${all.length}-sequence given)`);
  }
  return made.make(all) as struct_time;
}

/** Seconds by which the host's clock is behind UTC at a moment. */
const behind = (date: Date) => date.getTimezoneOffset() * 60;

const thisYear = new Date().getFullYear();
const offsets = [behind(new Date(thisYear, 0, 1)), behind(new Date(thisYear, 6, 1))] as const;
/** Seconds west of Greenwich, without and with summer time. */
export const timezone = Math.max(...offsets);
export const altzone = Math.min(...offsets);
export const daylight = timezone === altzone ? 0 : 1;

/** The zone's short name, which English in America or in Britain may have; else its distance from Greenwich. */
function zoneName(date: Date): string {
  const names = ["en-US", "en-GB"].map((language) => {
    const parts = new Intl.DateTimeFormat(language, { timeZoneName: "short" }).formatToParts(date);
    return parts.find(({ type }) => type === "timeZoneName")!.value;
  });
  return names.find((name) => !/^(GMT|UTC)[+-]/.test(name)) ?? names[0]!;
}

/** A moment without summer time, and one with it. */
const examples = [0, 6].map((month) => new Date(thisYear, month, 1)).sort((a, b) => behind(b) - behind(a));

function nameOf(isSummer: boolean): string {
  return timezone === 0 && daylight === 0 ? "UTC" : zoneName(examples[Number(isSummer)]!);
}

/** The host's names of its time zone, without and with summer time. They are asked for when they are read: it takes milliseconds. */
export const tzname = Object.defineProperties(Object.create(tuple.prototype), {
  0: { get: () => nameOf(false), enumerable: true },
  1: { get: () => nameOf(true), enumerable: true },
  length: { value: 2 },
}) as readonly [string, string];

const DAY = 86_400_000;

/** The struct_time whose fields a Date shows in UTC. */
export function fromUtc(date: Date, isdst: number, zone: string, gmtoff: number): struct_time {
  const year = date.getUTCFullYear();
  const start = new Date(0).setUTCFullYear(year, 0, 1);
  return struct_time([
    year,
    date.getUTCMonth() + 1,
    date.getUTCDate(),
    date.getUTCHours(),
    date.getUTCMinutes(),
    date.getUTCSeconds(),
    (date.getUTCDay() + 6) % 7,
    Math.floor((date.getTime() - start) / DAY) + 1,
    isdst,
    zone,
    gmtoff,
  ]);
}

function dateOf(seconds: unknown): Date {
  if (seconds === null || seconds === undefined) return new Date();
  if (typeof seconds !== "number") throw TypeError(`'${typeName(seconds)}' object cannot be interpreted as an integer`);
  const date = new Date(Math.floor(seconds) * 1000);
  if (Number.isNaN(date.getTime())) throw OverflowError("timestamp out of range for platform time_t");
  return date;
}

const bindGmtime = signature<[seconds: number | null]>("gmtime(seconds=None, /)");
const bindLocaltime = signature<[seconds: number | null]>("localtime(seconds=None, /)");
const bindMktime = signature<[t: readonly number[]]>("mktime(t, /)");
const bindAsctime = signature<[t: readonly number[] | null]>("asctime(t=None, /)");
const bindCtime = signature<[seconds: number | null]>("ctime(seconds=None, /)");

/** A moment in UTC; now, unless told. */
export function gmtime(seconds?: number | null): struct_time;
export function gmtime(...args: unknown[]): struct_time {
  return fromUtc(dateOf(bindGmtime(args)[0]), 0, "GMT", 0);
}

/** A moment in the host's time zone; now, unless told. */
export function localtime(seconds?: number | null): struct_time;
export function localtime(...args: unknown[]): struct_time {
  const date = dateOf(bindLocaltime(args)[0]);
  const west = behind(date);
  const isSummer = daylight === 1 && west !== timezone;
  return fromUtc(new Date(date.getTime() - west * 1000), Number(isSummer), tzname[isSummer ? 1 : 0], -west);
}

/** The fields of what is given as struct_time, tuple or array. */
export function fieldsOf(t: unknown, caller: string): number[] {
  if (!Array.isArray(t)) throw TypeError("Tuple or struct_time argument required");
  const items = [...t];
  if (items.length !== VISIBLE) throw TypeError(`${caller}(): illegal time tuple argument`);
  return items;
}

/** Seconds since the epoch of a moment in the host's time zone; in summer time if the moment says so, or does not know. */
export function mktime(t: readonly number[]): number;
export function mktime(...args: unknown[]): number {
  const fields = fieldsOf(bindMktime(args)[0], "mktime") as never;
  const [year, month, day, hour, minute, second, , , isdst] = fields as unknown as Fields;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  date.setUTCHours(hour, minute, second, 0);
  if (daylight === 1 && isdst >= 0) return date.getTime() / 1000 + (isdst > 0 ? altzone : timezone);
  return date.getTime() / 1000 + behind(new Date(year, month - 1, day, hour, minute, second));
}

function shown(fields: readonly number[]): string {
  const [year, month, day, hour, minute, second, weekday] = fields as unknown as Fields;
  const clock = [hour, minute, second].map((n) => String(n).padStart(2, "0")).join(":");
  return `${DAYS[weekday]!.slice(0, 3)} ${MONTHS[month - 1]!.slice(0, 3)} ${String(day).padStart(2)} ${clock} ${year}`;
}

/** `Sun Jun 20 23:21:05 1993` */
export function asctime(t?: readonly number[] | null): string;
export function asctime(...args: unknown[]): string {
  const [t] = bindAsctime(args);
  return shown(t === null ? localtime() : fieldsOf(t, "asctime"));
}

/** As asctime, for seconds since the epoch. */
export function ctime(seconds?: number | null): string;
export function ctime(...args: unknown[]): string {
  return shown(localtime(bindCtime(args)[0]));
}

defineAll("time", { struct_time, gmtime, localtime, mktime, asctime, ctime });
