// Lets the examples find the package by its name, as a user's port does.
import { mkdirSync, rmSync, symlinkSync } from "node:fs";

const folder = new URL("../examples/node_modules/", import.meta.url);
mkdirSync(folder, { recursive: true });
rmSync(new URL("pythreads", folder), { force: true });
symlinkSync("../..", new URL("pythreads", folder), "dir");
