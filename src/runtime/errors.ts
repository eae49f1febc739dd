// Exceptions on their way to another thread: class, own fields, and the stack of the thread that raised them.
import { Exception } from "../exceptions";
import { defineAll, type Reference, referenceTo, resolve } from "../registry";
import type { Decoder, Encoder } from "./codec";

// What JavaScript's engine itself raises.
defineAll("js", { Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError });

export function encodeError(encoder: Encoder, error: Error): void {
  encoder.reference(classOf(error));
  encoder.text(error.stack ?? "");
  const fields = Object.getOwnPropertyNames(error).filter((name) => name !== "stack");
  // Of a host's own, such as that of an aborted signal, they are its class's.
  if (Object.prototype.toString.call(error) === "[object DOMException]") fields.push("message", "name");
  encoder.count(fields.length);
  for (const name of fields) {
    encoder.text(name);
    encoder.at(name, (error as unknown as Record<string, unknown>)[name]);
  }
}

export function decodeError(decoder: Decoder, see: (value: object) => void): Error {
  const constructor = resolve(decoder.reference());
  // An Error of the engine's making, so that it is one for everybody, without the class's own constructor.
  const error: Error = Reflect.construct(Error, [], constructor);
  see(error);
  define(error, "stack", decoder.text());
  for (let left = decoder.count(); left > 0; left--) define(error, decoder.text(), decoder.value());
  return error;
}

function define(error: Error, name: string, value: unknown): void {
  Object.defineProperty(error, name, { value, writable: true, configurable: true, enumerable: false });
}

/** The class under which an exception can be found in every thread: its own, or the nearest one above that has a name there. */
function classOf(error: Error): Reference {
  for (let prototype = Object.getPrototypeOf(error); prototype; prototype = Object.getPrototypeOf(prototype)) {
    const reference = Object.hasOwn(prototype, "constructor") ? referenceTo(prototype.constructor) : undefined;
    if (reference) return reference;
  }
  return referenceTo(Exception)!;
}
