// The supervisor's part in HTTP: it fetches on its event loop what a thread waits for.
import type { FetchQuestion } from "../platform/types";

/** What a thread is told: the head of an answer, or why there is none. */
export type FetchHead =
  | { url: string; status: number; reason: string; headers: [name: string, value: string][] }
  | { failed: "timeout" | "network"; code: string; message: string };

export class Fetches {
  readonly #pending = new Map<string, Promise<string>>();

  /** The answer: a line of JSON, FetchHead, and the body, a character for each byte. Who asks again is not sent out again. */
  answer(question: FetchQuestion): Promise<string> {
    let found = this.#pending.get(question.key);
    if (!found) {
      found = fetched(question);
      this.#pending.set(question.key, found);
    }
    return found;
  }

  /** The thread has its answer. */
  done({ key }: FetchQuestion): void {
    this.#pending.delete(key);
  }
}

async function fetched({ url, method, headers: sent, body, timeout }: FetchQuestion): Promise<string> {
  const signal = timeout === null ? undefined : AbortSignal.timeout(timeout * 1000);
  let head: FetchHead;
  let text = "";
  try {
    const data = body === null ? undefined : Uint8Array.from(body, (c) => c.charCodeAt(0));
    const response = await fetch(url, { method, headers: sent, body: data, signal });
    const { status, statusText } = response;
    const headers: [string, string][] = [];
    response.headers.forEach((value, name) => void headers.push([name, value]));
    head = { url: response.url || url, status, reason: statusText, headers };
    text = latin1(new Uint8Array(await response.arrayBuffer()));
  } catch (error) {
    head = failure(error);
  }
  return `${JSON.stringify(head)}\n${text}`;
}

const PIECE = 8192;

function latin1(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += PIECE) text += String.fromCharCode(...bytes.subarray(at, at + PIECE));
  return text;
}

function failure(error: any): FetchHead {
  if (error?.name === "TimeoutError") return { failed: "timeout", code: "", message: "timed out" };
  // Node tells the system's error as the cause, or several where a name has several addresses.
  const cause = error?.cause?.errors?.[0] ?? error?.cause ?? error;
  return { failed: "network", code: String(cause?.code ?? ""), message: String(cause?.message ?? error) };
}
