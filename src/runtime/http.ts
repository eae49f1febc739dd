// HTTP as a thread of the program sees it: it asks the supervisor and blocks.
import { numbers, strerror } from "../errno/table";
import { OSError, TimeoutError } from "../exceptions";
import { kernel, me } from "../kernel/kernel";
import { Fetches, type FetchHead } from "./fetches";
import { ask } from "./output";
import { services } from "./services";
import { system } from "./system";

services.Fetches = Fetches;

export interface HttpRequest {
  url: string;
  method: string;
  headers: Record<string, string>;
  body: Uint8Array | null;
  /** Seconds, or null for ever. */
  timeout: number | null;
}

export interface HttpAnswer {
  url: string;
  status: number;
  reason: string;
  headers: [name: string, value: string][];
  body: Uint8Array;
}

let asked = 0;

/** The header by which a program tells its name, where it may. */
export function agent(name: string): Record<string, string> {
  return system.namesAgent ? { "User-agent": name } : {};
}

/**
 * Makes a request and waits for the whole answer.
 *
 * @throws TimeoutError when time is up
 * @throws OSError if there is no answer: as the system says, where the host tells
 */
export function http({ url, method, headers, body, timeout }: HttpRequest): HttpAnswer {
  const text = body === null ? null : Array.from(body, (byte) => String.fromCharCode(byte)).join("");
  const key = `${kernel.thread_id(me)}:${++asked}`;
  const answer = ask({ about: "fetch", key, url, method, headers, body: text, timeout }) as string;
  const end = answer.indexOf("\n");
  const head = JSON.parse(answer.slice(0, end)) as FetchHead;
  if ("failed" in head) throw failure(head);
  const bytes = new Uint8Array(answer.length - end - 1);
  for (let i = 0; i < bytes.length; i++) bytes[i] = answer.charCodeAt(end + 1 + i);
  return { ...head, body: bytes };
}

/** What a name that nobody knows is told by, as by CPython's socket.gaierror. */
const NO_NAME = [-2, "Name or service not known"] as const;

function failure({ failed, code, message }: Extract<FetchHead, { failed: string }>): Error {
  if (failed === "timeout") return TimeoutError("timed out");
  if (code === "ENOTFOUND" || code === "EAI_AGAIN") return OSError(...NO_NAME);
  const number = numbers[code];
  return number === undefined ? OSError(message) : OSError(number, strerror(number));
}
