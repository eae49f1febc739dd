// What an editor knows of a port: types/port.ts compiles as it stands, its `@ts-expect-error` lines fail, and names complete.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));
const file = `${root}tests/types/port.ts`;

const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  lib: ["lib.es2023.d.ts", "lib.esnext.disposable.d.ts", "lib.dom.d.ts"],
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  strict: true,
  skipLibCheck: true,
  noEmit: true,
  types: [],
  paths: {
    pythreads: [`${root}dist/types/src/index.d.ts`],
    "pythreads/builtins": [`${root}dist/types/src/builtins/index.d.ts`],
    "pythreads/*": [`${root}dist/types/src/*.d.ts`],
  },
};

/** The port's text, with `line` at its end. */
function service(line = "") {
  const text = readFileSync(file, "utf8").replace(/^\/\/\/.*/, `/// <reference path="${root}port.d.ts" />`) + line;
  const host: ts.LanguageServiceHost = {
    getScriptFileNames: () => [file],
    getScriptVersion: () => "1",
    getScriptSnapshot: (name) => {
      const content = name === file ? text : ts.sys.readFile(name);
      return content === undefined ? undefined : ts.ScriptSnapshot.fromString(content);
    },
    getCurrentDirectory: () => root,
    getCompilationSettings: () => options,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    fileExists: ts.sys.fileExists,
    readFile: ts.sys.readFile,
    readDirectory: ts.sys.readDirectory,
    directoryExists: ts.sys.directoryExists,
    getDirectories: ts.sys.getDirectories,
  };
  return { text, languageService: ts.createLanguageService(host) };
}

test("a port is typed: what is right passes, what is wrong is told", () => {
  const { languageService } = service();
  const found = [...languageService.getSyntacticDiagnostics(file), ...languageService.getSemanticDiagnostics(file)];
  const lines = found.map(({ file, start, messageText }) => {
    const { line } = file!.getLineAndCharacterOfPosition(start!);
    return `${line + 1}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`;
  });
  expect(lines).toEqual([]);
});

test.each([
  ["\nthreading.", ["Thread", "Lock", "Barrier", "current_thread"]],
  ["\nt.", ["start", "join", "is_alive", "daemon"]],
  ["\nnumbers.", ["put", "get_nowait", "task_done", "maxsize"]],
  ["\nThread({ ", ["target", "args", "kwargs", "daemon"]],
  ["\nnumbers.get({ ", ["block", "timeout"]],
  ["\nworker.", ["result", "run", "name"]],
  ["\nlock.", ["acquire", "locked", "__enter__"]],
])("an editor completes %j", (line, names) => {
  const { text, languageService } = service(line);
  const entries = languageService.getCompletionsAtPosition(file, text.length, {})?.entries.map(({ name }) => name);
  expect(entries).toEqual(expect.arrayContaining(names));
});
