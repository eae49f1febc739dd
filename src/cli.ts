#!/usr/bin/env node
// The command line: `pythreads run port.ts [args…]`.
import { existsSync, readFileSync, statSync } from "node:fs";
import { parseArgs } from "node:util";
import { PortError } from "./port/errors";
import { run } from "./run";

const SIGTERM = 15;
/** MiB of memory that WebAssembly can address. */
const MOST_MEMORY = 4096;

const HELP = `Usage: pythreads run [options] PORT [ARGS…]

Runs a ported Python program: PORT is a TypeScript or JavaScript file, ARGS become sys.argv[1:].

Options:
  --carriers N   make and park N carriers (workers that run threads) before the program begins
  --deadlock[=exit]
                 say on stderr if threads wait for each other for ever, each with its line; with =exit end with code 70
  --memory MIB   most memory for what threads share; then MemoryError (4096, which is all there can be)
  -h, --help     print this and exit
  --version      print the version and exit

Exit code: the program's own; 1 after an uncaught error, 2 if the command or the port was wrong;
70 after a deadlock with --deadlock=exit, 130 after Ctrl-C.
`;

class UsageError extends Error {}

interface Command {
  port: string;
  args: string[];
  carriers: number;
  memory: number;
  deadlock: "report" | "exit" | undefined;
}

/** Options stand before the port; everything after it belongs to the program. */
function parse(argv: string[]): Command | string {
  const { values, positionals, tokens } = parseArgs({
    args: argv,
    options: {
      carriers: { type: "string" },
      memory: { type: "string" },
      help: { type: "boolean", short: "h" },
      version: { type: "boolean" },
    },
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const found = tokens.filter((token) => token.kind === "positional");
  const end = found[1]?.index ?? Number.POSITIVE_INFINITY;
  const unknown = tokens.find(
    (token) =>
      token.kind === "option" &&
      token.index < end &&
      !["carriers", "deadlock", "memory", "help", "version"].includes(token.name),
  );
  const before = (name: string) => tokens.some((t) => t.kind === "option" && t.name === name && t.index < end);
  if (before("version")) return `pythreads ${version()}\n`;
  if (before("help") || positionals.length === 0) return HELP;
  if (unknown?.kind === "option") throw new UsageError(`unknown option '${unknown.rawName}'`);
  const [command, port] = positionals;
  if (command !== "run") throw new UsageError(`unknown command '${command}'`);
  if (port === undefined) throw new UsageError("which port? give a file after 'run'");
  const number = (name: "carriers" | "memory", least: number, most: number, usual: number) => {
    if (!before(name)) return usual;
    const given = Number(values[name]);
    if (Number.isInteger(given) && given >= least && given <= most) return given;
    throw new UsageError(`--${name} takes a number from ${least} to ${most}, not '${values[name]}'`);
  };
  const carriers = number("carriers", 0, 1000, 0);
  const memory = number("memory", 1, MOST_MEMORY, MOST_MEMORY);
  return { port, args: argv.slice(end + 1), carriers, memory, deadlock: deadlockOption(tokens, end) };
}

/** `--deadlock`, `--deadlock=report` or `--deadlock=exit`. It takes no value from the next word, which is the port. */
function deadlockOption(tokens: readonly { kind: string; index: number }[], end: number): Command["deadlock"] {
  const given = tokens.find((token) => "name" in token && token.name === "deadlock" && token.index < end);
  if (!given) return undefined;
  const { value = "report" } = given as { value?: string };
  if (value === "report" || value === "exit") return value;
  throw new UsageError(`--deadlock takes 'report' or 'exit', not '${value}'`);
}

function version(): string {
  return JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")).version;
}

async function main(argv: string[]): Promise<number> {
  const command = parse(argv);
  if (typeof command === "string") {
    process.stdout.write(command);
    return 0;
  }
  const { port, args, carriers, memory, deadlock } = command;
  if (!existsSync(port)) throw new UsageError(`can't open file '${port}': no such file`);
  if (!statSync(port).isFile()) throw new UsageError(`can't open '${port}': it is not a file`);
  const program = await run(port, { argv: args, carriers, memory, deadlock });
  process.on("SIGINT", () => program.interrupt());
  process.on("SIGTERM", () => {
    if (!program.handles(SIGTERM)) program.terminate();
  });
  return program.exitCode;
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error) => {
    if (error instanceof UsageError) process.stderr.write(`pythreads: ${error.message}\nTry 'pythreads --help'.\n`);
    else if (error instanceof PortError) process.stderr.write(`${error.message}\n`);
    else process.stderr.write(`pythreads: ${error instanceof Error ? error.stack : error}\n`);
    process.exit(2);
  },
);
