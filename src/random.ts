// Python's random module: one generator for all threads of the process, with CPython's numbers for a seed.
import { Random } from "./random/distributions";
import { defineAll } from "./registry";
import { processValue } from "./runtime/once";
import { isAttached, mainThreadAddress } from "./runtime/process";

export { Random } from "./random/distributions";
export { SystemRandom } from "./random/system";

/** The generator of the process that this worker served last. */
let known: { owner: number; random: Random } | undefined;

/** A forked process draws numbers of its own, since it finds another main thread. */
function generator(): Random {
  const owner = isAttached() ? mainThreadAddress() : 0;
  if (known?.owner !== owner) known = { owner, random: processValue(`random.$inst${owner}`, () => new Random()) };
  return known.random;
}

type Method = Exclude<keyof Random, "_state" | `_${string}`>;

/** A method of the process's generator as a function of the module. */
function shared<K extends Method>(name: K): Random[K] {
  const call = (...args: unknown[]) => (generator() as any)[name](...args);
  Object.defineProperty(call, "name", { value: name, configurable: true });
  return call as Random[K];
}

export const betavariate = shared("betavariate");
export const choice = shared("choice");
export const choices = shared("choices");
export const expovariate = shared("expovariate");
export const gammavariate = shared("gammavariate");
export const gauss = shared("gauss");
export const getrandbits = shared("getrandbits");
export const getstate = shared("getstate");
export const lognormvariate = shared("lognormvariate");
export const normalvariate = shared("normalvariate");
export const paretovariate = shared("paretovariate");
export const randbytes = shared("randbytes");
export const randint = shared("randint");
export const random = shared("random");
export const randrange = shared("randrange");
export const sample = shared("sample");
export const seed = shared("seed");
export const setstate = shared("setstate");
export const shuffle = shared("shuffle");
export const triangular = shared("triangular");
export const uniform = shared("uniform");
export const vonmisesvariate = shared("vonmisesvariate");
export const weibullvariate = shared("weibullvariate");

defineAll("random", {
  betavariate,
  choice,
  choices,
  expovariate,
  gammavariate,
  gauss,
  getrandbits,
  getstate,
  lognormvariate,
  normalvariate,
  paretovariate,
  randbytes,
  randint,
  random,
  randrange,
  sample,
  seed,
  setstate,
  shuffle,
  triangular,
  uniform,
  vonmisesvariate,
  weibullvariate,
});
