// time.strptime: moments read from text, in the C locale.
import { signature } from "../arguments";
import { repr } from "../builtins/repr";
import { ValueError } from "../exceptions";
import { defineAll } from "../registry";
import { fromUtc, struct_time as makeStruct, type struct_time } from "./calendar";
import { DAYS, MONTHS } from "./names";

interface Parts {
  year?: number;
  month?: number;
  day?: number;
  hour?: number;
  minute?: number;
  second?: number;
  yearday?: number;
  afternoon?: boolean;
  zone?: string;
  gmtoff?: number;
}

const short = (names: readonly string[]) => names.map((name) => name.slice(0, 3));
const place = (names: readonly string[], text: string) =>
  names.findIndex((name) => name.toLowerCase() === text.toLowerCase());
const either = (names: readonly string[]) => names.join("|");

const put =
  (field: keyof Parts, read: (text: string) => unknown = Number) =>
  (parts: Parts, text: string): void => {
    (parts as Record<string, unknown>)[field] = read(text);
  };

function offset(text: string): number {
  const [, sign, hours, minutes] = /([+-])(\d\d):?(\d\d)/.exec(text) ?? ["", "+", "0", "0"];
  return (sign === "-" ? -1 : 1) * (Number(hours) * 3600 + Number(minutes) * 60);
}

/** Pattern of a directive, and what it tells. */
const DIRECTIVES: Record<string, [pattern: string, take: (parts: Parts, text: string) => void]> = {
  a: [either(short(DAYS)), () => {}],
  A: [either(DAYS), () => {}],
  b: [either(short(MONTHS)), put("month", (text) => place(short(MONTHS), text) + 1)],
  B: [either(MONTHS), put("month", (text) => place(MONTHS, text) + 1)],
  d: ["3[01]|[12]\\d|0[1-9]|[1-9]| [1-9]", put("day")],
  H: ["2[0-3]|[01]\\d|\\d", put("hour")],
  I: ["1[0-2]|0[1-9]|[1-9]", put("hour")],
  j: ["36[0-6]|3[0-5]\\d|[12]\\d\\d|0[1-9]\\d|00[1-9]|[1-9]\\d|0[1-9]|[1-9]", put("yearday")],
  m: ["1[0-2]|0[1-9]|[1-9]", put("month")],
  M: ["[0-5]\\d|\\d", put("minute")],
  p: ["AM|PM", put("afternoon", (text) => text.toUpperCase() === "PM")],
  S: ["6[01]|[0-5]\\d|\\d", put("second")],
  w: ["[0-6]", () => {}],
  y: ["\\d\\d", put("year", (text) => Number(text) + (Number(text) < 69 ? 2000 : 1900))],
  Y: ["\\d{4}", put("year")],
  z: ["[+-]\\d\\d:?[0-5]\\d|Z", put("gmtoff", offset)],
  Z: ["UTC|GMT", put("zone", (text) => text.toUpperCase())],
  f: ["\\d{1,6}", () => {}],
  "%": ["%", () => {}],
};
const COMPOUND: Record<string, string> = {
  c: "%a %b %d %H:%M:%S %Y",
  x: "%m/%d/%y",
  X: "%H:%M:%S",
};

/** The pattern of a format, and the directives of its groups. */
function compile(format: string): { pattern: RegExp; directives: string[] } {
  const directives: string[] = [];
  const whole = format.replace(/%([cxX])/g, (_, one: string) => COMPOUND[one]!);
  const source = whole.replace(/%(.?)|\s+|[^%\s]+/gs, (part, directive: string | undefined) => {
    if (directive === undefined) return /^\s/.test(part) ? "\\s+" : part.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
    if (directive === "") throw ValueError(`stray % in format '${format}'`);
    const known = DIRECTIVES[directive];
    if (!known) throw ValueError(`'${directive}' is a bad directive in format '${format}'`);
    directives.push(directive);
    return `(${known[0]})`;
  });
  return { pattern: new RegExp(`^${source}`, "i"), directives };
}

const bindStrptime = signature<[text: string, format: string]>(
  "_strptime_time(data_string, format='%a %b %d %H:%M:%S %Y')",
);

/**
 * Reads a moment as strftime writes it; what the format leaves out is that of 1900-01-01 00:00:00.
 *
 * @throws ValueError if the text is not of that form
 */
export function strptime(string: string, format?: string): struct_time;
export function strptime(...args: unknown[]): struct_time {
  const [text, format] = bindStrptime(args);
  const { pattern, directives } = compile(format);
  const found = pattern.exec(text);
  if (!found) throw ValueError(`time data ${repr(text)} does not match format ${repr(format)}`);
  if (found[0].length < text.length) throw ValueError(`unconverted data remains: ${text.slice(found[0].length)}`);
  const parts: Parts = {};
  for (const [i, directive] of directives.entries()) DIRECTIVES[directive]![1](parts, found[i + 1]!);
  return momentOf(parts);
}

function momentOf({ year = 1900, month, day, hour = 0, minute = 0, second = 0, yearday, ...rest }: Parts): struct_time {
  const { afternoon, zone, gmtoff } = rest;
  const hours = afternoon === undefined ? hour : (hour % 12) + (afternoon ? 12 : 0);
  const isOfYear = yearday !== undefined && month === undefined && day === undefined;
  const date = new Date(0);
  date.setUTCFullYear(year, isOfYear ? 0 : (month ?? 1) - 1, isOfYear ? yearday : (day ?? 1));
  if (!isOfYear && date.getUTCDate() !== (day ?? 1)) throw ValueError("day is out of range for month");
  const made = fromUtc(date, zone === undefined ? -1 : 0, zone as never, gmtoff as never);
  return makeStruct([
    ...[...made].slice(0, 3),
    hours,
    minute,
    second,
    ...[...made].slice(6),
    zone ?? null,
    gmtoff ?? null,
  ]);
}

defineAll("time", { strptime });
