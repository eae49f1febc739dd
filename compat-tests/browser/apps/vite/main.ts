import { type Program, run } from "pythreads";

const element = <E extends HTMLElement>(id: string) => document.getElementById(id) as E;
const start = element<HTMLButtonElement>("start");
const stop = element<HTMLButtonElement>("stop");
const output = element("output");

let program: Program | undefined;
const show = (text: string) => output.append(text);

start.onclick = async () => {
  start.disabled = true;
  output.textContent = "";
  try {
    program = await run(new URL("./ports/primes.ts", import.meta.url), {
      argv: ["20000"],
      stdout: show,
      stderr: show,
      onexit(code) {
        show(`(exit code ${code})\n`);
        start.disabled = false;
        stop.disabled = true;
      },
    });
    stop.disabled = false;
  } catch (error) {
    show(`${error}\n`);
    start.disabled = false;
  }
};
stop.onclick = () => program?.interrupt();
