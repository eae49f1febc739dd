// Whether ports export what other ports import: by name, across the whole program.
import type { LoadedPort } from "./plugin";

type Files = ReadonlyMap<string, LoadedPort>;

/** Raises PortError for a name that the other port does not export. */
export function checkLinks(files: Files): void {
  for (const { port, links, imports } of files.values()) {
    for (const { specifier, name, node } of links) {
      const target = imports.get(specifier)!;
      if (!hasExport(files, target, name)) {
        throw port.error(`cannot import name '${name}' from '${specifier}'`, node, `Export it in ${target}.`);
      }
    }
  }
}

function hasExport(files: Files, file: string, name: string, seen = new Set<string>()): boolean {
  const module = files.get(file);
  if (!module || seen.has(file)) return false;
  seen.add(file);
  if (module.exports.has(name)) return true;
  if (name === "default") return false;
  // What another package exports is esbuild's to know.
  return module.stars.some((star) => {
    const target = module.imports.get(star);
    return target === undefined || hasExport(files, target, name, seen);
  });
}
