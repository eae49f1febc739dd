import { run } from "pythreads";
import { isolate } from "pythreads/coi";

const output = document.getElementById("output")!;
const form = document.getElementById("form") as HTMLFormElement;
const input = document.getElementById("input") as HTMLInputElement;
const show = (text: string) => output.append(text);

/** The line that is typed next. */
function line(): Promise<string> {
  input.disabled = false;
  input.focus();
  return new Promise((resolve) => {
    form.onsubmit = (event) => {
      event.preventDefault();
      const { value } = input;
      show(`${value}\n`);
      form.reset();
      input.disabled = true;
      resolve(value);
    };
  });
}

await isolate();
await run(new URL("./guess.ts", import.meta.url), {
  stdin: line,
  stdout: show,
  stderr: show,
  onexit: (code) => show(`(exit code ${code})\n`),
});
