// Bound methods: `o.m` as a value. One for each object and name in a thread, so that they are equal where Python's are;
// they cross as their object and their name.

interface Bound {
  object: object;
  name: string;
  method: Function;
}

const known = new WeakMap<object, Map<string, Function>>();
const parts = new WeakMap<Function, Bound>();

/** The method `name` of `object`, bound to it. */
export function bound(object: object, name: string, method = (object as Record<string, Function>)[name]!): Function {
  let ofObject = known.get(object);
  const found = ofObject?.get(name);
  if (found && parts.get(found)!.method === method) return found;
  const made = method.bind(object);
  Object.defineProperty(made, "name", { value: name, configurable: true });
  parts.set(made, { object, name, method });
  if (!ofObject) {
    ofObject = new Map();
    known.set(object, ofObject);
  }
  ofObject.set(name, made);
  return made;
}

/** What a bound method is made of; undefined for any other function. */
export function boundOf(value: Function): Bound | undefined {
  return parts.get(value);
}
