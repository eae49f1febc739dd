import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { CLI, folderOf, runCli, runPort } from "./run";

describe("the command line", () => {
  test("--help and no command print the usage", async () => {
    for (const args of [["--help"], [], ["run", "--help"]]) {
      const { stdout, code } = await runCli(args);
      expect(stdout).toContain("Usage: pythreads run [options] PORT [ARGS…]");
      expect(code).toBe(0);
    }
  });

  test("--version prints the package's version", async () => {
    expect((await runCli(["--version"])).stdout).toMatch(/^pythreads \d+\.\d+\.\d+\n$/);
  });

  test.each([
    [["run", "nowhere.ts"], "can't open file 'nowhere.ts': no such file"],
    [["run", "."], "can't open '.': it is not a file"],
    [["run"], "which port? give a file after 'run'"],
    [["walk", "port.ts"], "unknown command 'walk'"],
    [["run", "--fast", CLI], "unknown option '--fast'"],
    [["run", "--carriers", "many", CLI], "--carriers takes a number from 0 to 1000, not 'many'"],
    [["run", "--memory", "5000", CLI], "--memory takes a number from 1 to 4096, not '5000'"],
  ])("%j is refused", async (args, message) => {
    const { stdout, stderr, code } = await runCli(args);
    expect(stderr).toBe(`pythreads: ${message}\nTry 'pythreads --help'.\n`);
    expect([stdout, code]).toEqual(["", 2]);
  });

  test("a syntax error shows file, line and code frame", async () => {
    const { stderr, code } = await runPort("let a = 1;\nlet b = (2;\nlet c = 3;\n");
    expect(stderr).toMatch(/port\.ts:2:\d+/);
    expect(stderr).toContain("let b = (2;");
    expect(stderr).toMatch(/^.*\^/m);
    expect(code).toBe(2);
  });

  test("an import that is not there is named", async () => {
    const { stderr, code } = await runPort('import { x } from "./absent";\nx();\n');
    expect(stderr).toContain("./absent");
    expect(code).toBe(2);
  });

  test("an uncaught error prints Python's traceback and exits with 1", async () => {
    const source = `import { print, ValueError } from "pythreads/builtins";
function inner() {
  throw ValueError("bad");
}
print("before");
inner();
print("after");
`;
    const { stdout, stderr, code } = await runPort(source);
    expect(stdout).toBe("before\n");
    expect(stderr.replace(/"\/.*\/port.ts"/g, '"port.ts"')).toBe(`Traceback (most recent call last):
  File "port.ts", line 6, in <module>
    inner();
  File "port.ts", line 3, in inner
    throw ValueError("bad");
ValueError: bad
`);
    expect(code).toBe(1);
  });

  test("an error in an imported port names that port's line", async () => {
    const folder = folderOf({
      "lib.ts": 'import { KeyError } from "pythreads/builtins";\n\nexport function f() {\n  throw KeyError("k");\n}\n',
      "main.ts": 'import { f } from "./lib";\nf();\n',
    });
    const { stderr } = await runCli(["run", join(folder, "main.ts")]);
    expect(stderr).toContain(`File "${join(folder, "lib.ts")}", line 4, in f`);
    expect(stderr).toContain("KeyError: 'k'");
  });

  test.each([
    ["sys.exit(3);", 3, ""],
    ["sys.exit();", 0, ""],
    ['sys.exit("so long");', 1, "so long\n"],
    ["sys.exit(256 + 7);", 7, ""],
  ])("%s ends the program", async (statement, expected, printed) => {
    const { stdout, stderr, code } = await runPort(
      `import { sys } from "pythreads";\n${statement}\nconsole.log("no");\n`,
    );
    expect([stdout, stderr, code]).toEqual(["", printed, expected]);
  });

  test("sys.executable is what runs the program", async () => {
    const { stdout } = await runPort(
      'import { sys } from "pythreads";\nimport { print } from "pythreads/builtins";\nprint(sys.executable);',
    );
    expect(stdout).toBe(`${process.execPath}\n`);
  });

  test("what stands after the port is the program's: options too", async () => {
    const source =
      'import { sys } from "pythreads";\nimport { print } from "pythreads/builtins";\nprint([...sys.argv].slice(1));\n';
    const { stdout } = await runPort(source, { args: ["a", "--help", "--carriers", "x"] });
    expect(stdout).toBe("['a', '--help', '--carriers', 'x']\n");
  });
});
