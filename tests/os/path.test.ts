// os.path against python3's own.
import * as path from "../../src/os/path";
import { agreesWithPython, type Row } from "../builtins/oracle";

const PATHS = [
  "",
  "/",
  "//",
  "///x",
  "a",
  "a/",
  "a//b",
  "/a/b.c",
  "a.b/c",
  ".x",
  "..x.y",
  "a/..",
  "a/./b/../../..",
  "/../a",
];
const { split, basename, dirname, splitext, isabs, normpath } = path;
const one = { split, basename, dirname, splitext, isabs, normpath };

agreesWithPython("functions of one path", [
  ...Object.entries(one).flatMap(([name, f]) =>
    PATHS.map((p): Row => [`os.path.${name}(${JSON.stringify(p)})`, () => f(p)]),
  ),
]);

agreesWithPython("functions of several", [
  ["os.path.join('a', 'b', 'c')", () => path.join("a", "b", "c")],
  ["os.path.join('a', '/b', 'c')", () => path.join("a", "/b", "c")],
  ["os.path.join('a/', '', 'c')", () => path.join("a/", "", "c")],
  ["os.path.join('a', '')", () => path.join("a", "")],
  ["os.path.relpath('/a/b', '/a/c/d')", () => path.relpath("/a/b", "/a/c/d")],
  ["os.path.relpath('/a', '/a')", () => path.relpath("/a", "/a")],
  ["os.path.relpath('')", () => path.relpath("")],
  ["os.path.commonprefix(['/usr/lib', '/usr/local'])", () => path.commonprefix(["/usr/lib", "/usr/local"])],
  ["os.path.commonpath(['/usr/lib', '/usr/local/x'])", () => path.commonpath(["/usr/lib", "/usr/local/x"])],
  ["os.path.commonpath(['a', '/b'])", () => path.commonpath(["a", "/b"])],
  ["os.path.commonpath([])", () => path.commonpath([])],
  ["os.path.join(1, 'a')", () => path.join(1 as never, "a")],
  ["os.path.exists('/no/such')", () => path.exists("/no/such")],
  ["os.path.isdir('/tmp')", () => path.isdir("/tmp")],
  ["os.path.getsize('/no/such')", () => path.getsize("/no/such")],
]);
