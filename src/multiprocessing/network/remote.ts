// The messages between managers and their clients, as CPython sends them.
//
//   request for the server itself     (None, name, args, kwds)     one for each connection; its answer ends it
//   request for one of its objects    (id, method, args, kwds)     many, after `accept_connection`
//   answer                            (kind, value): see `resultOf`
import { repr } from "../../builtins/repr";
import { tuple } from "../../builtins/tuple";
import { isinstance, type } from "../../builtins/types";
import { callable } from "../../callable";
import { AttributeError, Exception, KeyError, TypeError, ValueError, whileHandling } from "../../exceptions";
import { know, knowExceptions } from "../../pickle/known";
import { Empty, Full } from "../../queue/errors";
import { defineAll } from "../../registry";
import { formatException } from "../../runtime/traceback";
import { BrokenBarrierError } from "../../threading/errors";
import { AuthenticationError, BufferTooShort, ProcessError, TimeoutError } from "../errors";
import type { NetworkConnection } from "./connection";
import type { Address } from "./listener";

/** Raised for an error that the other side could only tell in words: its traceback. */
export const RemoteError = callable(
  class extends Exception {
    static readonly __module__ = "multiprocessing.managers";

    override __str__(): string {
      const line = "-".repeat(75);
      return `\n${line}\n${this.args[0]}${line}`;
    }
  },
  "RemoteError",
);
export type RemoteError = Exception;

class TokenType {
  static readonly __module__ = "multiprocessing.managers";

  constructor(
    public typeid: string,
    public address: Address,
    public id: string,
  ) {}

  __repr__(): string {
    return `Token(typeid=${repr(this.typeid)}, address=${repr(this.address)}, id=${repr(this.id)})`;
  }
}

/** Says which object of which server is meant. */
export const Token = callable(TokenType, "Token");
export type Token = TokenType;

know("multiprocessing.managers", "Token", {
  value: Token,
  call: (...fields: [string, Address, string]) => new TokenType(...fields),
  build: (token, state) => {
    if (!Array.isArray(state)) throw TypeError("a token's state is a tuple");
    [token.typeid, token.address, token.id] = state;
  },
  reduce: ({ typeid, address, id }) => ({ call: Token, args: [typeid, address, id] }),
});
knowExceptions("_queue", { Empty });
knowExceptions("queue", { Empty, Full });
knowExceptions("threading", { BrokenBarrierError });
knowExceptions("multiprocessing.context", { ProcessError, BufferTooShort, TimeoutError, AuthenticationError });
knowExceptions("multiprocessing.managers", { RemoteError });

/** A request of the server itself, and its answer. */
export function dispatch(
  connection: NetworkConnection,
  name: string,
  args: readonly unknown[] = [],
  keywords: Readonly<Record<string, unknown>> = {},
): any {
  connection.send(tuple([null, name, tuple(args), { ...keywords }]));
  const [kind, value] = connection.recv();
  return resultOf(kind, value);
}

/** The value of an answer, or the error that it tells of. */
export function resultOf(kind: unknown, value: unknown): unknown {
  switch (kind) {
    case "#RETURN":
      return value;
    case "#ERROR":
      if (value instanceof Error) throw value;
      throw TypeError("exceptions must derive from BaseException");
    case "#TRACEBACK":
    case "#UNSERIALIZABLE":
      if (typeof value !== "string") {
        throw TypeError(`Result ${repr(value)} (kind '${kind}') type is ${repr(type(value))}, not str`);
      }
      throw RemoteError(kind === "#TRACEBACK" ? value : `Unserializable message: ${value}\n`);
    default:
      throw ValueError(`Unrecognized message type ${repr(kind)}`);
  }
}

/** How an error is told that is not sent as itself. */
export function inWords(error: unknown): string {
  if (isinstance(error, Exception)) return formatException(error);
  throw error;
}

/** What `make` gives. An error arrives as from a server that could only tell of it in words. */
export function inRemoteWords<R>(make: () => R): R {
  try {
    return make();
  } catch (error) {
    throw RemoteError(inWords(error), { cause: null });
  }
}

/** Raises what a server tells of a method that it does not let be called. */
export function refuse(object: unknown, name: string, exposed: unknown): never {
  const missing = AttributeError(
    `method ${repr(name)} of ${repr(type(object))} object is not in exposed=${repr(exposed)}`,
  );
  return whileHandling<never>(missing, () => {
    throw KeyError(name);
  });
}

defineAll("multiprocessing.managers", { RemoteError, Token });
