// Sockets of Node, for the supervisor.
import { lookup } from "node:dns";
import { existsSync } from "node:fs";
import { connect, createServer, type Server, type Socket } from "node:net";
import { constants } from "node:os";
import { dirname } from "node:path";
import type { HostListener, HostSocket, NetHost, SocketAddress, SocketError } from "./types";

/** Errors of name look-ups, by Python's numbers and words. */
const LOOKUP_ERRORS: Readonly<Record<string, SocketError>> = {
  ENOTFOUND: { errno: -2, strerror: "Name or service not known" },
  EAI_AGAIN: { errno: -3, strerror: "Temporary failure in name resolution" },
};

function errorOf(error: NodeJS.ErrnoException): SocketError {
  const known = LOOKUP_ERRORS[error.code ?? ""];
  if (known) return known;
  const errno = constants.errno[error.code as keyof typeof constants.errno];
  return errno === undefined ? { errno: 0, strerror: error.message } : { errno };
}

/** Longest path of a socket that Linux takes. */
const MAX_PATH = 107;

class NodeSocket implements HostSocket {
  readonly address: SocketAddress;
  readonly peer: SocketAddress;

  constructor(
    private readonly socket: Socket,
    path: string | undefined,
    isConnected: boolean,
  ) {
    const { localAddress, localPort, remoteAddress, remotePort } = socket;
    this.address = path === undefined ? [localAddress ?? "", localPort ?? 0] : isConnected ? "" : path;
    this.peer = path === undefined ? [remoteAddress ?? "", remotePort ?? 0] : isConnected ? path : "";
    socket.setNoDelay(true);
    // Until somebody wants to hear of it.
    socket.on("error", ignore);
  }

  begin(events: Parameters<HostSocket["begin"]>[0]): void {
    const { socket } = this;
    socket.off("error", ignore);
    socket.on("error", (error) => events.failed(errorOf(error)));
    socket.on("data", (bytes) => {
      if (!events.data(bytes)) socket.pause();
    });
    socket.on("end", () => events.end());
    socket.on("drain", () => events.drained());
    socket.on("close", () => events.closed());
    if (socket.destroyed) events.closed();
    else socket.resume();
  }

  resume(): void {
    this.socket.resume();
  }

  write(bytes: Uint8Array): boolean {
    return this.socket.write(bytes);
  }

  end(): void {
    this.socket.end();
  }

  close(): void {
    this.socket.destroySoon();
  }

  abort(): void {
    this.socket.destroy();
  }
}

function ignore(): void {}

/** The host's address: names are looked up here, so that they lead to IPv4. */
function resolved(address: SocketAddress): Promise<{ path: string } | { host: string; port: number }> {
  return new Promise((resolve, reject) => {
    if (typeof address === "string") {
      if (Buffer.byteLength(address) > MAX_PATH) reject({ errno: 0, strerror: "AF_UNIX path too long" });
      else resolve({ path: address });
      return;
    }
    const [host, port] = address;
    lookup(host || "0.0.0.0", { family: 4 }, (error, found) => {
      if (error) reject(errorOf(error));
      else resolve({ host: found, port });
    });
  });
}

async function connectTo(address: SocketAddress, milliseconds: number): Promise<HostSocket> {
  const target = await resolved(address);
  return new Promise((resolve, reject) => {
    const socket = connect({ ...target, allowHalfOpen: true });
    socket.pause();
    const timer = Number.isFinite(milliseconds) ? setTimeout(() => socket.destroy(), milliseconds) : undefined;
    const failed = (error: Error) => reject(errorOf(error));
    socket.once("error", failed);
    socket.once("close", () => clearTimeout(timer));
    socket.once("connect", () => {
      clearTimeout(timer);
      socket.off("error", failed);
      resolve(new NodeSocket(socket, typeof address === "string" ? address : undefined, true));
    });
  });
}

async function listenAt(
  address: SocketAddress,
  backlog: number,
  accepted: (socket: HostSocket) => void,
): Promise<HostListener> {
  const path = typeof address === "string" ? address : undefined;
  const target = await resolved(address);
  const server = createServer({ allowHalfOpen: true, pauseOnConnect: true });
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      // Where the folder is missing libuv says that access was denied.
      const isMissing = error.code === "EACCES" && path !== undefined && !existsSync(dirname(path));
      reject(errorOf(isMissing ? { ...error, code: "ENOENT" } : error));
    });
    server.listen({ ...target, backlog, exclusive: true }, resolve);
  });
  server.on("error", ignore);
  server.on("connection", (socket) => accepted(new NodeSocket(socket, path, false)));
  return { address: path ?? addressOf(server), close: () => server.close() };
}

function addressOf(server: Server): SocketAddress {
  const found = server.address();
  return found === null || typeof found === "string" ? (found ?? "") : [found.address, found.port];
}

export const net: NetHost = { connect: connectTo, listen: listenAt };
