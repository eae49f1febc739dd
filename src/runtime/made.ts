// Functions that a library function has made of others, as contextmanager does: they cross to another thread as their maker
// and what it was given, and are made again there.

type Maker = (...args: any[]) => Function;

interface Made {
  maker: Maker;
  args: unknown[];
}

const recipes = new WeakMap<Function, Made>();
/** What was made of one argument, by maker and argument, so that it is made but once in a thread. */
const known = new WeakMap<Maker, WeakMap<object, Function>>();

/** Records that `maker(...args)`, called in any thread, gives what `value` is. The maker must be defined by name. */
export function made<F extends Function>(value: F, maker: Maker, args: unknown[]): F {
  recipes.set(value, { maker, args });
  const [source] = args;
  if (args.length !== 1 || source === null || (typeof source !== "object" && typeof source !== "function"))
    return value;
  const ofMaker = known.get(maker) ?? new WeakMap<object, Function>();
  known.set(maker, ofMaker);
  if (!ofMaker.has(source)) ofMaker.set(source, value);
  return value;
}

/** How a function was made; undefined if that is not known. */
export function madeOf(value: Function): Made | undefined {
  return recipes.get(value);
}

/** The function of this thread that `maker` makes of `args`. */
export function makeAgain(maker: Maker, args: unknown[]): Function {
  const found = args.length === 1 ? known.get(maker)?.get(args[0] as object) : undefined;
  return found ?? maker(...args);
}
