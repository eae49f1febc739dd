// What ports read of modules of the library and these do not have, as esbuild tells it.
import { basename, resolve } from "node:path";
import { build, type Message } from "esbuild";
import type { BundleOptions } from "./bundle";
import { specifiersOf } from "./imports";
import { type Absent, moduleName } from "./module_names";
import type { Ports } from "./plugin";
import { suggestion } from "./suggestion";

const UNDEFINED = /^Import "(.+)" will always be undefined because there is no matching export in "(.+)"$/;

/** Finds them, and puts the warnings into Python's words. */
export async function findAbsent(
  warnings: Message[],
  ports: Ports,
  { resolvePackage }: Pick<BundleOptions, "resolvePackage">,
): Promise<Absent> {
  const absent = new Map<string, Map<string, string>>();
  const given = warnings.filter(({ text }) => UNDEFINED.test(text));
  if (given.length === 0) return absent;
  const files = new Map<string, string>();
  for (const { port } of ports.files.values()) {
    for (const specifier of specifiersOf(port)) {
      const file = specifier && moduleName(specifier) && resolvePackage(specifier);
      if (file) files.set(resolve(file), specifier);
    }
  }
  for (const warning of given) {
    const [, name, file] = UNDEFINED.exec(warning.text)!;
    const found = [...files].find(([known]) => known.endsWith(file!.replace(/^(?:\.\.\/)+/, "")));
    if (!found) continue;
    const [path, specifier] = found;
    const meant = suggestion(name!, await exportsOf(path));
    const hint = meant === undefined ? "" : `. Did you mean: '${meant}'?`;
    const names = absent.get(specifier);
    if (names) names.set(name!, hint);
    else absent.set(specifier, new Map([[name!, hint]]));
    warning.text = `module '${moduleName(specifier)}' has no attribute '${name}'${hint}`;
  }
  return absent;
}

async function exportsOf(file: string): Promise<string[]> {
  const { metafile } = await build({
    entryPoints: [file],
    bundle: true,
    packages: "external",
    external: ["node:*", "#*"],
    platform: "neutral",
    format: "esm",
    outfile: basename(file),
    write: false,
    metafile: true,
    logLevel: "silent",
    loader: { ".wasm": "binary" },
  });
  return Object.values(metafile.outputs)[0]!.exports;
}
