// The same programs, in a page of Firefox.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { closeFirefox, firefox } from "./hosts/firefox.js";
import { describePrograms } from "./pages.js";
import { TEST_TIMEOUT } from "./run.js";

const folder = mkdtempSync(join(tmpdir(), "pythreads-firefox-"));
afterAll(async () => {
  await closeFirefox();
  rmSync(folder, { recursive: true });
});

test.skipIf(firefox.unavailable() !== null)(
  "a traceback names the port's functions, though its program is minified",
  { timeout: TEST_TIMEOUT },
  async () => {
    const file = join(folder, "port.ts");
    writeFileSync(
      file,
      `import { threading } from "pythreads";
import { object, ValueError, with_ } from "pythreads/builtins";
class Account extends object {
  constructor(readonly limit: number) {
    super();
    if (limit < 0) throw ValueError("below zero");
  }
  static open(limit: number) {
    return new Account(limit);
  }
}
const lock = threading.Lock();
function work() {
  with_(lock, () => {
    Account.open(-1);
  });
}
const t = threading.Thread({ target: work });
t.start();
t.join();
work();
`,
    );
    const { stderr, code } = await firefox.run(file, { timeout: TEST_TIMEOUT });
    const frames = stderr.split("\n").flatMap((line) => /line \d+, in .*/.exec(line) ?? []);
    const inner = ["line 14, in work", "line 15, in <lambda>", "line 9, in open", "line 6, in __init__"];
    expect(frames).toEqual([...inner, "line 21, in <module>", ...inner]);
    expect(code).toBe(1);
  },
);

describePrograms(firefox, "Firefox");
