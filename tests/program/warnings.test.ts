// warnings in programs, as CPython prints them.
import { expect, test } from "vitest";
import { runPort } from "./run";

const PROGRAM = `import { warnings, threading } from "pythreads";
import { print, with_, len, repr, DeprecationWarning, UserWarning, ResourceWarning } from "pythreads/builtins";
function old() { warnings.warn("old is old", DeprecationWarning, 2); }
for (const _ of [1, 2]) warnings.warn("hello");
old();
warnings.warn("unseen", ResourceWarning);
with_(warnings.catch_warnings({ record: true }), (w) => {
  warnings.simplefilter("always");
  const t = threading.Thread({ target: old });
  t.start(); t.join();
  warnings.warn("again");
  print(len(w), w[0].category === DeprecationWarning, repr(w[1].message), w[1].lineno);
});
with_(warnings.catch_warnings(), () => {
  warnings.simplefilter("error");
  try { warnings.warn("strict"); } catch (e) { print(repr(e)); }
  warnings.filterwarnings("ignore", { message: "str.*" });
  warnings.warn("strict");
});
for (const f of [() => warnings.warn("x", len as any), () => warnings.simplefilter("bad" as any)]) {
  try { f(); } catch (e) { print(repr(e)); }
}
`;

test("a warning is told once for each line, on stderr, as the filters say", async () => {
  const { stdout, stderr, code } = await runPort(PROGRAM);
  expect(code).toBe(0);
  expect(stderr.replace(/^.*port\.ts:/gm, "port.ts:")).toBe(
    `port.ts:4: UserWarning: hello
  for (const _ of [1, 2]) warnings.warn("hello");
port.ts:5: DeprecationWarning: old is old
  old();
`,
  );
  expect(stdout).toBe(`2 True UserWarning('again') 11
UserWarning('strict')
TypeError("category must be a Warning subclass, not 'builtin_function_or_method'")
AssertionError("invalid action: 'bad'")
`);
});
