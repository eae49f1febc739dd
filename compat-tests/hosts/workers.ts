// How many workers a browser has alive, as the system counts its threads (on Linux; Chromium names them so).
import { readdirSync, readFileSync } from "node:fs";
import type { Browser } from "playwright-core";

/** Live dedicated workers of all pages, each being a thread of a renderer. */
export async function countWorkers(browser: Browser): Promise<number> {
  return (await workerThreads(browser)).length;
}

/** Resident memory of the browser's renderers, in MiB. */
export async function rendererMemory(browser: Browser): Promise<number> {
  const pages = (await renderers(browser)).map((id) => /VmRSS:\s+(\d+)/.exec(read(`/proc/${id}/status`))?.[1] ?? "0");
  return pages.reduce((sum, kib) => sum + Number(kib), 0) / 1024;
}

async function workerThreads(browser: Browser): Promise<string[]> {
  const tasks = (await renderers(browser)).flatMap((id) =>
    list(`/proc/${id}/task`).map((task) => `/proc/${id}/task/${task}`),
  );
  return tasks.filter((task) => read(`${task}/comm`).startsWith("DedicatedWorker"));
}

async function renderers(browser: Browser): Promise<number[]> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  await session.detach();
  return processInfo.filter(({ type }) => type === "renderer").map(({ id }) => id);
}

/** A process or thread may end while it is looked at. */
function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
