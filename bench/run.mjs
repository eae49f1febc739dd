// `npm run bench`: each program of bench/programs under pythreads and under CPython, one after the other in one run, and
// the ratio. What is quoted are ratios: the machine is shared.
//
// Options: a name filters the lines; --scale=0.1 makes all loops shorter.
import { execFileSync } from "node:child_process";
import { cpus } from "node:os";

const here = new URL("./", import.meta.url).pathname;
const cli = new URL("../dist/cli.js", import.meta.url).pathname;
const scale = process.argv.find((arg) => arg.startsWith("--scale="))?.slice(8) ?? "1";
const filter = process.argv.slice(2).find((arg) => !arg.startsWith("--")) ?? "";

/** At least this many times CPython's rate; or, for parallel_over_serial, at most. */
const GOALS = {
  thread_start_join: 1,
  lock_pair: 5,
  queue_put_get: 10,
  queue_one_to_one: 10,
  condition_ping_pong: 20,
  global_increment: 4,
  list_get_local: 3,
  dict_get_local: 3,
  method_local: 10,
  list_get_shared: 2,
  dict_get_shared: 2,
  method_shared: 2,
  process_start_join: 4,
  mp_queue_int: 20,
  mp_queue_1k: 10,
  mp_queue_1m: 8,
  value_two_processes: 10,
  pool_apply: 25,
  pool_map_1: 20,
  pool_map: 2,
  manager_dict: 20,
};

const PROGRAMS = ["threads", "objects", "processes"];

function figures(command, args) {
  const lines = execFileSync(command, [...args, scale], { encoding: "utf8" })
    .trim()
    .split("\n");
  return new Map(lines.map((line) => [line.split(" ")[0], Number(line.split(" ")[1])]));
}

const merged = (maps) => new Map(maps.flatMap((map) => [...map]));
const ours = merged(PROGRAMS.map((name) => figures(process.execPath, [cli, "run", `${here}programs/${name}.ts`])));
const theirs = merged(PROGRAMS.map((name) => figures("python3", [`${here}programs/${name}.py`])));
const python = execFileSync("python3", ["--version"], { encoding: "utf8" }).trim();

const number = (n) => (n === undefined ? "" : n >= 1000 ? `${Math.round(n / 1000)} k/s` : n.toPrecision(3));
console.log(`node ${process.version}, ${python}, ${cpus().length} × ${cpus()[0]?.model}`);
console.log(["", "pythreads", "CPython", "ratio", "at least"].map((text, i) => text.padEnd(i ? 12 : 24)).join(""));
for (const [name, rate] of ours) {
  if (!name.includes(filter)) continue;
  const other = theirs.get(name);
  const ratio = other === undefined ? "" : (rate / other).toFixed(1);
  const goal = name === "parallel_over_serial" ? "≤ 0.6" : GOALS[name] ? `${GOALS[name]}` : "";
  console.log([name, number(rate), number(other), ratio, goal].map((text, i) => text.padEnd(i ? 12 : 24)).join(""));
}
