import { run } from "pythreads";

const output = document.getElementById("output");
const show = (text) => output.append(text);

await run(new URL("./squares.ts", import.meta.url), {
  stdout: show,
  stderr: show,
  onexit: (code) => show(`(exit code ${code})\n`),
});
