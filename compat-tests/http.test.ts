// urllib.request and requests against a server on this machine: the same program in Node and in a page.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { chromium, closeChromium } from "./hosts/chromium.js";
import type { Host } from "./hosts/host.js";
import { node } from "./hosts/node.js";
import { runPort, TEST_TIMEOUT } from "./run.js";

let server: Server;
let origin = "";
let closed = "";
const folder = mkdtempSync(join(tmpdir(), "http-"));

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  const headers = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Headers": "*",
    "Access-Control-Expose-Headers": "*",
    "Cross-Origin-Resource-Policy": "cross-origin",
  };
  if (request.url === "/forbidden") return void response.writeHead(200).end("not for other origins");
  if (request.method === "OPTIONS") return void response.writeHead(204, headers).end();
  if (request.url === "/bytes") return void response.writeHead(200, headers).end(Buffer.from([...Array(256).keys()]));
  if (request.url === "/missing") return void response.writeHead(404, headers).end("no such thing");
  if (request.url === "/never") return;
  const told = {
    method: request.method,
    url: request.url,
    type: request.headers["content-type"],
    own: request.headers["x-own"],
    body: body.toString("latin1"),
  };
  response.writeHead(200, { ...headers, "Content-Type": "application/json; charset=utf-8", "X-Test": "yes" });
  response.end(JSON.stringify(told));
}

beforeAll(async () => {
  const listening = (one: Server) =>
    new Promise<string>((resolve) => {
      one.listen(0, "127.0.0.1", () => resolve(`http://127.0.0.1:${(one.address() as AddressInfo).port}`));
    });
  server = createServer((request, response) => void answer(request, response));
  origin = await listening(server);
  const other = createServer();
  closed = await listening(other);
  await new Promise((resolve) => other.close(resolve));
});

afterAll(async () => {
  server.closeAllConnections();
  server.close();
  rmSync(folder, { recursive: true });
  await closeChromium();
});

const PROGRAM = `
import { sys, threading, urllib, requests } from "pythreads";
import { bytes, isinstance, list, len, print, range, repr, str, sum, TimeoutError, with_ } from "pythreads/builtins";
import { urlopen, Request } from "pythreads/urllib/request";
import { HTTPError, URLError } from "pythreads/urllib/error";
const [, origin, closed] = sys.argv;

with_(urlopen(origin + "/hello?a=1"), (r) => {
  print(r.status, r.getcode(), r.reason, r.url === origin + "/hello?a=1", r.headers["x-test"], r.getheader("Content-Type"));
  const told = JSON.parse(r.read().decode());
  print(told.method, told.url, told.body === "", r.read());
});
const data = urlopen(origin + "/bytes").read();
print(len(data), sum(data), data[255]);
const posted = urlopen(Request(origin + "/post", { data: bytes([0, 255, 10]), headers: { "X-Own": "mine" } }));
const told = JSON.parse(posted.read().decode());
print(told.method, told.type, told.own, told.body === "\\u0000\\u00ff\\n");
try { urlopen(origin + "/missing"); } catch (e) {
  print(isinstance(e, HTTPError), isinstance(e, URLError), str(e), e.code, e.read());
}
try { urlopen(closed + "/"); } catch (e) { print(isinstance(e, URLError), isinstance(e, HTTPError), str(e).startsWith("<urlopen error ")); }
try { urlopen(origin + "/never", { timeout: 0.2 }); } catch (e) { print(repr(e)); }
try { urlopen("nonsense"); } catch (e) { print(repr(e)); }
try { urlopen("gopher://x"); } catch (e) { print(e); }
try { urlopen(origin, "text" as any); } catch (e) { print(repr(e)); }

const lengths = list();
function load(n: number) { lengths.append(len(urlopen(origin + "/bytes").read()) + n); }
const threads = [...range(5)].map((n) => threading.Thread({ target: load, args: [n] }));
for (const t of threads) t.start();
for (const t of threads) t.join();
print(sum(lengths));

const r = requests.get(origin + "/get", { params: { q: "a b", n: 1 }, headers: { "X-Own": "mine" } });
print(r, r.status_code, r.ok, r.json()["url"], r.json()["own"], r.headers["X-TEST"], r.encoding, r.text.startsWith("{"));
print(requests.post(origin + "/p", { json: { a: [1, null] } }).json()["body"], requests.post(origin + "/p", { data: { a: 1 } }).json()["body"]);
const missing = requests.get(origin + "/missing");
print(missing.ok, missing.text, missing.content);
try { missing.raise_for_status(); } catch (e) { print(str(e).replace(origin, "…"), isinstance(e, requests.exceptions.RequestException)); }
try { requests.get(closed); } catch (e) { print(isinstance(e, requests.exceptions.ConnectionError)); }
try { requests.get(origin + "/never", { timeout: 0.2 }); } catch (e) { print(isinstance(e, requests.Timeout)); }
try { requests.get("nonsense"); } catch (e) { print(e); }
try { urlopen(origin + "/forbidden"); print("same for all"); } catch (e) { print("refused", isinstance(e, URLError)); }
`;

const EXPECTED = `200 200 OK True yes application/json; charset=utf-8
GET /hello?a=1 True b''
256 32640 255
POST application/x-www-form-urlencoded mine True
True True HTTP Error 404: Not Found 404 b'no such thing'
True False True
TimeoutError('timed out')
ValueError("unknown url type: 'nonsense'")
<urlopen error unknown url type: gopher>
TypeError('POST data should be bytes, an iterable of bytes, or a file object. It cannot be of type str.')
1290
<Response [200]> 200 True /get?q=a+b&n=1 mine yes utf-8 True
{"a":[1,null]} a=1
False no such thing b'no such thing'
404 Client Error: Not Found for url: …/missing True
True
True
Invalid URL 'nonsense': No scheme supplied. Perhaps you meant https://nonsense?
`;

async function output(host: Host): Promise<string> {
  const file = join(folder, "http.ts");
  writeFileSync(file, PROGRAM);
  const { stdout, stderr, code } = await runPort(file, { args: [origin, closed] }, host);
  expect({ stderr, code }).toEqual({ stderr: "", code: 0 });
  return stdout;
}

describe("urllib.request and requests", { timeout: TEST_TIMEOUT }, () => {
  test("in Node", async () => expect(await output(node)).toBe(`${EXPECTED}same for all\n`));
  test("the system's error is the reason, in Node", async () => {
    const file = join(folder, "refused.ts");
    writeFileSync(
      file,
      `import { sys } from "pythreads"; import { print, isinstance, ConnectionRefusedError } from "pythreads/builtins";
import { urlopen } from "pythreads/urllib/request";
try { urlopen(sys.argv[1]); } catch (e) { print(e, isinstance(e.reason, ConnectionRefusedError)); }`,
    );
    const { stdout } = await runPort(file, { args: [closed] });
    expect(stdout).toBe("<urlopen error [Errno 111] Connection refused> True\n");
  });
  test.skipIf(chromium.unavailable() !== null)("in Chromium, where another origin may refuse", async () => {
    expect(await output(chromium)).toBe(`${EXPECTED}refused True\n`);
  });
});
