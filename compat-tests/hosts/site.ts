// A site on this machine for pages under test: cross-origin isolated, and with a policy that allows no eval.
import { readFile } from "node:fs/promises";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { extname } from "node:path";
import type { WebProgram } from "../../src/port/web.js";

/** A page with `run` at hand as `pythreads.run`. */
export const PAGE = "/page.html";

export interface SiteServer {
  origin: string;
  /** Serves a program; gives back its URL. */
  add(program: WebProgram): string;
  close(): Promise<void>;
}

const HEADERS = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
  "Content-Security-Policy": "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'",
};
const TYPES: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".map": "application/json",
  ".wasm": "application/wasm",
};
const HTML = '<!doctype html><meta charset="utf-8"><title>pythreads</title><script type="module" src="/page.js"></script>';
const SCRIPT = 'import * as pythreads from "/dist/index.browser.js"; globalThis.pythreads = pythreads;';
const DIST = new URL("../../dist/", import.meta.url);

export async function serve(): Promise<SiteServer> {
  const files = new Map<string, string | Uint8Array>([
    [PAGE, HTML],
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
    add(program) {
      for (const { name, contents } of program.files) files.set(`/programs/${name}`, contents);
      return `/programs/${program.entry}`;
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
  if (contents === undefined) {
    response.writeHead(404, HEADERS).end("not found");
    return;
  }
  // Names tell contents in /programs/.
  const cache = path.startsWith("/programs/") ? "max-age=31536000, immutable" : "no-cache";
  const type = TYPES[extname(path)] ?? "application/octet-stream";
  response.writeHead(200, { ...HEADERS, "Content-Type": type, "Cache-Control": cache }).end(contents);
}
