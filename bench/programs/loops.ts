// Loops over what never leaves its function, which bench/run.mjs runs as a port and as what it is without the compiler. Each line
// printed: a name, and turns per second.
import { sys, time } from "pythreads";
import { int, print } from "pythreads/builtins";

const ITEMS = 1000;

function counted(rounds: number) {
  let total = 0;
  for (let r = 0; r < rounds; r++) for (let i = 0; i < ITEMS; i++) total = (total + i * r) % 1000003;
  return total;
}

function typed_array(rounds: number) {
  const a = new Float64Array(ITEMS);
  let total = 0;
  for (let r = 0; r < rounds; r++) {
    for (let i = 0; i < ITEMS; i++) {
      a[i] = a[i]! + i;
      total += a[i]!;
    }
  }
  return total;
}

function array_read(rounds: number) {
  const a: number[] = [];
  for (let i = 0; i < ITEMS; i++) a.push(i);
  let total = 0;
  for (let r = 0; r < rounds; r++) for (let i = 0; i < ITEMS; i++) total += a[i]! * 2;
  return total;
}

function array_write(rounds: number) {
  const a: number[] = [];
  for (let i = 0; i < ITEMS; i++) a.push(i);
  for (let r = 0; r < rounds; r++) for (let i = 0; i < ITEMS; i++) a[i] = (a[i]! + r) % 1000;
  return a[7];
}

function array_each(rounds: number) {
  const a: number[] = [];
  for (let i = 0; i < ITEMS; i++) a.push(i);
  let total = 0;
  for (let r = 0; r < rounds; r++) for (const x of a) total += x;
  return total;
}

function array_push(rounds: number) {
  let total = 0;
  for (let r = 0; r < rounds; r++) {
    const a: number[] = [];
    for (let i = 0; i < ITEMS; i++) a.push(i);
    total += a.length;
  }
  return total;
}

/** Rows are lists in a port: they are held by another one. */
function array_of_arrays(rounds: number) {
  const rows: number[][] = [];
  for (let i = 0; i < 10; i++) {
    const row: number[] = [];
    for (let j = 0; j < 100; j++) row.push(i * j);
    rows.push(row);
  }
  let total = 0;
  for (let r = 0; r < rounds; r++)
    for (let i = 0; i < 10; i++) for (let j = 0; j < 100; j++) total += rows[i]![j]!;
  return total;
}

/** An array that is given by another function, which is a list in a port. */
function sum_of(a: number[], rounds: number) {
  let total = 0;
  for (let r = 0; r < rounds; r++) for (let i = 0; i < ITEMS; i++) total += a[i]!;
  return total;
}

function array_given(rounds: number) {
  const a: number[] = [];
  for (let i = 0; i < ITEMS; i++) a.push(i);
  return sum_of(a, rounds);
}

const rounds = int(5000 * (sys.argv.length > 1 ? Number(sys.argv[1]) : 1));
for (const f of [counted, typed_array, array_read, array_write, array_each, array_push, array_of_arrays, array_given]) {
  let best = 0;
  for (let k = 0; k < 8; k++) {
    const begin = time.perf_counter();
    f(rounds);
    best = Math.max(best, (rounds * ITEMS) / (time.perf_counter() - begin));
  }
  print(`loop_${f.name}`, best);
}
