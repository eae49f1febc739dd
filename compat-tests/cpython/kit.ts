// What the ported test programs stand on: cases, assertions, and bunches of threads.
//
// Each case prints one line of JSON: the id of CPython's test, the class it is bound to, and what went wrong if
// something did. Threads run functions of a module's top level; what they share with the case is in module variables.
import { sys, threading, time } from "pythreads";
import { eq, isinstance, list, print, repr, str, type } from "pythreads/builtins";

/** Seconds after which a condition that should come true is given up; long enough for a busy machine. */
const PATIENCE = 20;
const POLL = 0.001;

const only = [...sys.argv].at(1);
let errors: any = list();
let finished: any = list();

/**
 * Runs a case.
 *
 * @param id CPython's own: module.Class.test
 * @param binding class of CPython's under which the test runs, where one test runs for several
 */
export function test(id: string, body: () => void, binding = "") {
  if (only && !`${id} ${binding}`.includes(only)) return;
  try {
    body();
    print(JSON.stringify({ id, binding }));
  } catch (error: any) {
    print(JSON.stringify({ id, binding, error: `${type(error).__name__}: ${str(error)}`, stack: error?.stack }));
  }
}

/** Runs a case whose body is awaited. */
export async function testAsync(id: string, body: () => Promise<unknown>, binding = "") {
  let error: any = null;
  try {
    if (!only || `${id} ${binding}`.includes(only)) await body();
    else return;
  } catch (raised) {
    error = raised;
  }
  test(
    id,
    () => {
      if (error !== null) throw error;
    },
    binding,
  );
}

/** As raises, for what is awaited. */
export async function raisesAsync(cls: any, body: () => Promise<unknown>, text: string | null = null) {
  let error: any = null;
  try {
    await body();
  } catch (raised) {
    error = raised;
  }
  return raises(
    cls,
    () => {
      if (error !== null) throw error;
    },
    text,
  );
}

class Failure extends Error {}

export function fail(message: string): never {
  throw new Failure(message);
}

export function ok(value: any, what = "the value") {
  if (value !== true) fail(`${what} is ${repr(value)}, not True`);
}

export function no(value: any, what = "the value") {
  if (value !== false && value !== null) fail(`${what} is ${repr(value)}, not False`);
}

export function equal(got: any, wanted: any) {
  if (!eq([...items(got)], [...items(wanted)])) fail(`got ${repr(got)}, expected ${repr(wanted)}`);
}

function items(x: any): any[] {
  return Array.isArray(x) || isinstance(x, list) ? [...x] : [x];
}

export function matches(text: string, pattern: RegExp) {
  if (!pattern.test(text)) fail(`${repr(text)} does not match ${pattern}`);
}

/** Expects an error of the class; its text too, if one is given. */
export function raises(cls: any, body: () => unknown, text: string | null = null) {
  try {
    body();
  } catch (error) {
    if (!isinstance(error, cls)) throw error;
    if (text !== null && str(error) !== text) fail(`the error says ${repr(str(error))}, expected ${repr(text)}`);
    return error;
  }
  return fail(`${cls.name} was not raised`);
}

/** A wait of `expected` seconds took about that long: never less, and no madness above. */
export function tookAbout(seconds: number, expected: number) {
  if (seconds < expected * 0.6 || seconds > expected * 10) fail(`it took ${seconds} s, expected about ${expected} s`);
}

/** Polls until the condition holds. */
export function until(condition: () => boolean, what: string = condition.toString()) {
  const end = time.monotonic() + PATIENCE;
  while (!condition()) {
    if (time.monotonic() > end) fail(`never came true: ${what}`);
    time.sleep(POLL);
  }
}

function runOne(f: any, args: any) {
  try {
    f(...args);
  } catch (error) {
    errors.append(error);
  }
  finished.append(1);
}

/** How many threads of the present bunch have ended. */
export function ended(): number {
  return finished.length;
}

/** Starts threads that run the functions, does `meanwhile` when all have begun, joins them; raises what they raised. */
export function together(functions: any[], meanwhile: () => void = () => {}, args: any[] = []) {
  errors = list();
  finished = list();
  const threads: any[] = functions.map((f) => threading.Thread({ target: runOne, args: [f, args], daemon: true }));
  for (const t of threads) t.start();
  meanwhile();
  for (const t of threads) t.join(PATIENCE);
  let hanging = 0;
  for (const t of threads) if (t.is_alive()) hanging += 1;
  if (hanging > 0) fail(`${hanging} threads hang`);
  for (const error of errors) throw error;
}

/** `n` threads that run `f`. */
export function bunch(f: any, n: number, meanwhile: () => void = () => {}, args: any[] = []) {
  together(Array(n).fill(f), meanwhile, args);
}
