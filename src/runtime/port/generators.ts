// Python's methods of generators, on those that a port's `function*` makes.
import { StopIteration } from "../../exceptions";
import { exception } from "./handling";

type Methods = Record<string, (generator: Generator) => (...args: unknown[]) => unknown>;

const methods: Methods = {
  send: (generator) => (value) => resumed(generator.next(value)),
  throw: (generator) => (error) => resumed(generator.throw(exception(error))),
  close: (generator) => () => {
    generator.return(undefined);
    return null;
  },
  __next__: (generator) => () => resumed(generator.next()),
  __iter__: (generator) => () => generator,
};

/** The method `name` that Python's generators have, of a generator of JavaScript's own. */
export function generatorMethod(object: any, name: string): ((...args: unknown[]) => unknown) | undefined {
  if (!Object.hasOwn(methods, name) || typeof object !== "object" || object === null) return undefined;
  return Object.prototype.toString.call(object) === "[object Generator]" ? methods[name]!(object) : undefined;
}

function resumed({ done, value }: IteratorResult<unknown>): unknown {
  if (!done) return value;
  throw value === undefined ? StopIteration() : StopIteration(value);
}
