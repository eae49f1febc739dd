// Stacks of programs that were not compiled, as engines write them.
import { expect, test } from "vitest";
import { plainFrames } from "../../src/runtime/plain_frames";

const lines = (stack: string) => plainFrames(stack).map(({ file, line, name }) => `${file} ${line} ${name}`);

test("V8's stacks", () => {
  expect(
    lines(`ValueError: oh
    at failing (file:///home/a%20b/app.mjs:4:9)
    at Array.map (<anonymous>)
    at async http://localhost/main.js:7:1`),
  ).toEqual(["http://localhost/main.js 7 <module>", "/home/a b/app.mjs 4 failing"]);
});

test("Firefox's and Safari's stacks", () => {
  expect(
    lines(`failing@http://localhost/tasks.js:4:9
outer/inner@http://localhost/tasks.js:3:1
outer/<@http://localhost/tasks.js:2:1
async*@http://localhost/main.js:7:1
@http://localhost/main.js:1:1`),
  ).toEqual([
    "http://localhost/main.js 1 <module>",
    "http://localhost/main.js 7 <module>",
    "http://localhost/tasks.js 2 <lambda>",
    "http://localhost/tasks.js 3 inner",
    "http://localhost/tasks.js 4 failing",
  ]);
});
