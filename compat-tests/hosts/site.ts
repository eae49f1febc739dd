// A site on this machine for pages under test: cross-origin isolated, and with a policy that allows no eval.
import { readFile } from "node:fs/promises";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { extname } from "node:path";
import type { WebProgram } from "../../src/port/web.js";

/** A page with `run` at hand as `pythreads.run`. */
export const PAGE = "/page.html";
/** The same without the headers that isolate a page. */
export const BARE = "/bare.html";

export interface SiteServer {
  origin: string;
  /** Serves a program; gives back its URL. */
  add(program: WebProgram, options?: { cached?: boolean }): string;
  /** Takes all programs away: whoever loads them now gets none. */
  remove(): void;
  close(): Promise<void>;
}

const ISOLATION = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
};
const POLICY = {
  "Content-Security-Policy": "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'",
};
const FOR_EVER = "max-age=31536000, immutable";
const TYPES: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".map": "application/json",
  ".wasm": "application/wasm",
};
const HTML =
  '<!doctype html><meta charset="utf-8"><title>pythreads</title><script type="module" src="/page.js"></script>';
const SCRIPT = 'import * as pythreads from "/dist/index.browser.js"; globalThis.pythreads = pythreads;';
const DIST = new URL("../../dist/", import.meta.url);

export async function serve(): Promise<SiteServer> {
  const files = new Map<string, string | Uint8Array>([
    [PAGE, HTML],
    [BARE, HTML],
    ["/page.js", SCRIPT],
  ]);
  const server = createServer(async ({ url = "/" }, response) => {
    const path = new URL(url, "http://localhost").pathname;
    const contents = files.get(path) ?? (await fromDist(path));
    send(response, path, contents);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    add(program, { cached = true } = {}) {
      const folder = cached ? "/programs/" : "/programs/uncached/";
      for (const { name, contents } of program.files) files.set(folder + name, contents);
      return folder + program.entry;
    },
    remove() {
      for (const path of files.keys()) if (path.startsWith("/programs/")) files.delete(path);
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function fromDist(path: string): Promise<Uint8Array | undefined> {
  if (!path.startsWith("/dist/")) return undefined;
  return readFile(new URL(path.slice("/dist/".length), DIST)).catch(() => undefined);
}

function send(response: ServerResponse, path: string, contents: string | Uint8Array | undefined): void {
  const headers = { ...POLICY, ...(path === BARE ? {} : ISOLATION) };
  if (contents === undefined) {
    response.writeHead(404, headers).end("not found");
    return;
  }
  // Names tell contents in /programs/; what is to be missed once it is gone must not be kept.
  const cache = path.startsWith("/programs/uncached/")
    ? "no-store"
    : path.startsWith("/programs/")
      ? FOR_EVER
      : "no-cache";
  const type = TYPES[extname(path)] ?? "application/octet-stream";
  response.writeHead(200, { ...headers, "Content-Type": type, "Cache-Control": cache }).end(contents);
}
