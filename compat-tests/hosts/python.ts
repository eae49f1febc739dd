// CPython, the measure of everything else. Its print() is replaced by one that writes whole lines (see
// python/sitecustomize.py); apart from that the programs run as they are.

import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { runChild } from "./child.js";
import type { Host } from "./host.js";

const ENV = {
  PYTHONPATH: fileURLToPath(new URL("./python", import.meta.url)),
  PYTHONUTF8: "1",
  PYTHONDONTWRITEBYTECODE: "1", // nothing is left beside sitecustomize.py
};

/** The version that PORTING.md promises; others word their errors differently. */
const VERSION = "3.11";

function probe(): string | null {
  const { error, stdout } = spawnSync("python3", ["-c", "import sys; print('%d.%d' % sys.version_info[:2])"]);
  if (error) return "python3 is not there";
  const version = stdout.toString().trim();
  return version === VERSION ? null : `python3 is ${version}, not ${VERSION}`;
}

let reason: string | null | undefined;

export const python: Host = {
  name: "python",
  unavailable() {
    if (reason === undefined) reason = probe();
    return reason;
  },
  run: (file, { args = [], ...rest }) =>
    runChild("python3", [file, ...args], { ...rest, env: { ...process.env, ...ENV } }),
};
