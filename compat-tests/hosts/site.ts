// A site on this machine for pages under test: cross-origin isolated, and with a policy that allows no eval.
import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { extname } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";
import type { WebProgram } from "../../src/port/web.js";

/** A page with `run` at hand as `pythreads.run`. */
export const PAGE = "/page.html";
/** The same without the headers that isolate a page. */
export const BARE = "/bare.html";

/** The page's script as a bundler makes it, with what it loads when it joins a program: also as `pythreads`. */
export const BUNDLED = "/bundled.js";

export interface StaticServer {
  origin: string;
  close(): Promise<void>;
}

export interface SiteServer extends StaticServer {
  /** Serves a program; gives back its URL. */
  add(program: WebProgram, options?: { cached?: boolean }): string;
  /** Takes all programs away: whoever loads them now gets none. */
  remove(): void;
}

const ISOLATION = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
};
const POLICY = {
  "Content-Security-Policy":
    "default-src 'self'; connect-src 'self' http://127.0.0.1:*; script-src 'self' 'wasm-unsafe-eval'",
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
const SCRIPT = 'import * as pythreads from "/dist/web/run.js"; globalThis.pythreads = pythreads;';
const BUNDLED_SCRIPT = `${SCRIPT.replace("/dist/", "./")} globalThis.bundled = true;`;
const DIST = new URL("../../dist/", import.meta.url);

/** Answers a request that is for nothing on the site; false if it is not for this handler either. */
export type Handler = (path: string, request: IncomingMessage, response: ServerResponse) => boolean;

export async function serve(pages: Record<string, string> = {}, handler: Handler = () => false): Promise<SiteServer> {
  const files = new Map<string, string | Uint8Array>([
    [PAGE, HTML],
    [BARE, HTML],
    ["/page.js", SCRIPT],
    ...Object.entries(pages),
  ]);
  const server = await listen(async (path, response, request) => {
    if (handler(path, request, response)) return;
    if (path === BUNDLED && !files.has(path)) files.set(path, await bundle(BUNDLED_SCRIPT));
    const contents = files.get(path) ?? (path.startsWith("/dist/") ? await file(DIST, path.slice(6)) : undefined);
    send(response, path, contents, path !== BARE);
  });
  return {
    ...server,
    add(program, { cached = true } = {}) {
      const folder = cached ? "/programs/" : "/programs/uncached/";
      for (const { name, contents } of program.files) files.set(folder + name, contents);
      return folder + program.entry;
    },
    remove() {
      for (const path of files.keys()) if (path.startsWith("/programs/")) files.delete(path);
    },
  };
}

/** Serves the files of a folder, with or without the headers that isolate a page. */
export async function serveFolder(folder: string, isolated: boolean): Promise<StaticServer> {
  const base = pathToFileURL(`${folder}/`);
  return listen(async (path, response) => send(response, path, await file(base, path.slice(1)), isolated));
}

type Answer = (path: string, response: ServerResponse, request: IncomingMessage) => void;

async function listen(answer: Answer): Promise<StaticServer> {
  const server = createServer((request, response) =>
    answer(new URL(request.url ?? "/", "http://localhost").pathname, response, request),
  );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function bundle(contents: string): Promise<string> {
  const stdin = { contents, resolveDir: fileURLToPath(DIST) };
  const options = {
    bundle: true,
    write: false,
    format: "esm",
    platform: "browser",
    target: "es2022",
    tsconfigRaw: {},
  } as const;
  const { outputFiles } = await build({ stdin, ...options });
  return outputFiles[0]!.text;
}

async function file(folder: URL, path: string): Promise<Uint8Array | undefined> {
  return readFile(new URL(path, folder)).catch(() => undefined);
}

function send(
  response: ServerResponse,
  path: string,
  contents: string | Uint8Array | undefined,
  isolated: boolean,
): void {
  const headers = { ...POLICY, ...(isolated ? ISOLATION : {}) };
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
