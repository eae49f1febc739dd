// time's calendar against python3's own, in the same time zone.
import * as time from "../../src/time";
import { agreesWithPython, type Row } from "./oracle";

const MOMENTS = [0, 86399, 1e9, 1709164800, 1735689599, 1704067200, 1230768000, -1, 4102444800.7];

agreesWithPython("moments", [
  ...MOMENTS.flatMap((t): Row[] => [
    [`time.gmtime(${t})`, () => time.gmtime(t)],
    [`list(time.localtime(${t}))`, () => [...time.localtime(t)]],
    [`time.ctime(${t})`, () => time.ctime(t)],
    [`time.asctime(time.gmtime(${t}))`, () => time.asctime(time.gmtime(t))],
    [`int(time.mktime(time.localtime(${t})))`, () => time.mktime(time.localtime(t))],
    [`time.gmtime(${t}).tm_zone`, () => time.gmtime(t).tm_zone],
  ]),
  ["[time.timezone, time.altzone, time.daylight]", () => [time.timezone, time.altzone, time.daylight]],
  ["time.gmtime('x')", () => time.gmtime("x" as never)],
  ["time.mktime((1, 2))", () => time.mktime([1, 2])],
  ["time.struct_time(range(9))", () => time.struct_time([0, 1, 2, 3, 4, 5, 6, 7, 8])],
  ["time.struct_time([1])", () => time.struct_time([1])],
  ["time.sleep(-1)", () => time.sleep(-1)],
  ["time.sleep('x')", () => time.sleep("x" as never)],
]);

const FORMATS = [..."aAbBcCdDeFgGHIjklmMnpPrRSstTuUVwWxXyYZ%h"].map((c) => `%${c}`);

agreesWithPython("strftime", [
  ...MOMENTS.flatMap((t): Row[] =>
    [FORMATS.join("|"), "%Y-%m-%d %H:%M:%S", "100%% %Q %z"].map((format): Row => {
      return [
        `time.strftime(${JSON.stringify(format)}, time.gmtime(${t}))`,
        () => time.strftime(format, time.gmtime(t)),
      ];
    }),
  ),
  ["time.strftime('%H', (1, 13, 1, 0, 0, 0, 0, 1, 0))", () => time.strftime("%H", [1, 13, 1, 0, 0, 0, 0, 1, 0])],
  ["time.strftime('%H', (1, 1, 1, 24, 0, 0, 0, 1, 0))", () => time.strftime("%H", [1, 1, 1, 24, 0, 0, 0, 1, 0])],
]);

const TEXTS: [string, string][] = [
  ["2024-02-29 13:05:09", "%Y-%m-%d %H:%M:%S"],
  ["Thu Jan  1 00:00:00 1970", "%a %b %d %H:%M:%S %Y"],
  ["11:30 PM", "%I:%M %p"],
  ["12:00 am", "%I:%M %p"],
  ["69/05/03", "%y/%m/%d"],
  ["2023 200", "%Y %j"],
  ["10 October 2010", "%d %B %Y"],
  ["2010-13-01", "%Y-%m-%d"],
  ["2010-01-01 x", "%Y-%m-%d"],
  ["x", "%Q"],
];

agreesWithPython(
  "strptime",
  TEXTS.map(([text, format]): Row => {
    return [`time.strptime(${JSON.stringify(text)}, ${JSON.stringify(format)})`, () => time.strptime(text, format)];
  }),
);
