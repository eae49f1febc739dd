// urllib.parse against python3's own.
import * as parse from "../../src/urllib/parse";
import { agreesWithPython, type Row } from "../builtins/oracle";

const URLS = [
  "http://user:pw@Host.com:8080/a/b;p=1?q=1&r=2#frag",
  "https://example.com",
  "//host/path",
  "/only/path?x",
  "mailto:a@b.c",
  "http://[::1]:80/x",
  "",
  "a b?c#d#e",
  "HTTP://X/;a/b;c",
];
const j = (x: unknown) => JSON.stringify(x);

agreesWithPython("URLs", [
  ...URLS.flatMap((url): Row[] => [
    [`urllib.parse.urlparse(${j(url)})`, () => parse.urlparse(url)],
    [`urllib.parse.urlsplit(${j(url)})`, () => parse.urlsplit(url)],
    [`urllib.parse.urlsplit(${j(url)}).hostname`, () => parse.urlsplit(url).hostname],
    [`urllib.parse.urlsplit(${j(url)}).port`, () => parse.urlsplit(url).port],
    [`urllib.parse.urlsplit(${j(url)}).username`, () => parse.urlsplit(url).username],
    [`urllib.parse.urlparse(${j(url)}).geturl()`, () => parse.urlparse(url).geturl()],
  ]),
]);

const JOINS = [
  "g",
  "./g",
  "g/",
  "/g",
  "//g",
  "?y",
  "g?y",
  "#s",
  "g#s",
  "",
  ".",
  "./",
  "..",
  "../",
  "../g",
  "../../g",
  "../../../g",
  "g:h",
  "http:g",
];

agreesWithPython(
  "urljoin",
  JOINS.map(
    (url): Row => [
      `urllib.parse.urljoin("http://a/b/c/d;p?q", ${j(url)})`,
      () => parse.urljoin("http://a/b/c/d;p?q", url),
    ],
  ),
);

const TEXTS = ["a b/c?d=é&x", "~-_.", "100%", "日本", "a+b"];

agreesWithPython("quoting", [
  ...TEXTS.flatMap((text): Row[] => [
    [`urllib.parse.quote(${j(text)})`, () => parse.quote(text)],
    [`urllib.parse.quote(${j(text)}, safe="")`, () => parse.quote(text, { safe: "" })],
    [`urllib.parse.quote_plus(${j(text)})`, () => parse.quote_plus(text)],
    [`urllib.parse.unquote(urllib.parse.quote(${j(text)}))`, () => parse.unquote(parse.quote(text))],
  ]),
  ["urllib.parse.unquote('a%zz%E9%41')", () => parse.unquote("a%zz%E9%41")],
  ["urllib.parse.unquote_plus('a+b%2B')", () => parse.unquote_plus("a+b%2B")],
  ["urllib.parse.urlencode({'a': 1, 'b c': 'é'})", () => parse.urlencode({ a: 1, "b c": "é" })],
  ["urllib.parse.urlencode([('a', [1, 2])], True)", () => parse.urlencode([["a", [1, 2]]], true)],
  ["urllib.parse.parse_qs('a=1&a=2&b=&c')", () => parse.parse_qs("a=1&a=2&b=&c")],
  ["urllib.parse.parse_qsl('a=1&b=%20+&c=', True)", () => parse.parse_qsl("a=1&b=%20+&c=", true)],
  ["urllib.parse.quote(1)", () => parse.quote(1 as never)],
]);
