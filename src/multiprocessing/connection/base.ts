// What connections have in common, through pipes in memory and through sockets: to Python both are Connection.
import { callable } from "../../callable";
import { defineAll } from "../../registry";
import { Shared } from "../../runtime/shared";

abstract class ConnectionBaseType<Local = unknown> extends Shared<Local> {
  static readonly __module__: string = "multiprocessing.connection";

  /** Address of the kernel's queue or pipe whose messages, bytes or end make it ready; 0 if it can only be written to. */
  abstract _incoming(): number;
}

/** Base of all connections. As CPython's, for `isinstance`. */
export const _ConnectionBase = callable(ConnectionBaseType as never, "_ConnectionBase") as typeof ConnectionBaseType;
export type _ConnectionBase = ConnectionBaseType;

defineAll("multiprocessing.connection", { _ConnectionBase });
