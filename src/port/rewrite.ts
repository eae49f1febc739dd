// The one walk over a port's code that writes what its expressions, functions and classes become. A node is written when
// all in it has been, so that what stands around it comes outside; a closure is copied at the same moment.
import type { ForInStatement, Node } from "oxc-parser";
import { writeReturn } from "./arrays";
import { writeAttribute } from "./attributes";
import { writeBrackets } from "./brackets";
import { writeCatch } from "./catches";
import { writeClassAttributes } from "./classes";
import type { Draft } from "./draft";
import { writeFinally } from "./finally";
import { isClass, isFunction } from "./functions";
import { writeCall } from "./invocations";
import { writeIterable } from "./iterables";
import { liftClosure, tagClass } from "./lift";
import { writeLiteral } from "./literals";
import { keepName } from "./names";
import { writeOperator } from "./operators";
import { openBody, writeFunction } from "./prologue";
import { writeThrow } from "./raises";
import { writeRange } from "./ranges";
import { writeTruth } from "./truth";
import { writeTypedArray } from "./typed_arrays";
import { walk } from "./walk";

export function rewrite(draft: Draft): void {
  const { port } = draft;
  walk(
    port.program,
    () => {},
    (node) => {
      if (isFunction(node)) {
        writeFunction(draft, node);
        keepName(draft, node);
      } else if (isClass(node)) {
        writeClassAttributes(draft, node);
        keepName(draft, node);
        tagClass(draft, node);
      } else {
        if (node.type === "CatchClause") writeCatch(draft, node);
        if (node.type === "TryStatement") writeFinally(draft, node);
        writeLoop(draft, node);
        writeThrow(draft, node);
        writeBrackets(draft, node);
        writeAttribute(draft, node);
        writeCall(draft, node);
        writeOperator(draft, node);
        writeTruth(draft, node);
        writeTypedArray(draft, node);
        writeLiteral(draft, node);
        writeIterable(draft, node);
        if (node.type === "ReturnStatement") writeReturn(draft, node);
      }
      const closure = draft.closures.get(node.type === "Property" && node.method ? node.value : node);
      if (closure && !isMethod(port.parent(node), node)) liftClosure(draft, closure, node);
      draft.writeAround(node);
      if (port.separated.has(node)) port.code.prependRight(node.start, ";");
    },
  );
}

/** The function of an object literal's method, which is copied with its name. */
function isMethod(parent: Node | undefined, node: Node): boolean {
  return parent?.type === "Property" && parent.method && parent.value === node;
}

function writeLoop(draft: Draft, node: Node): void {
  switch (node.type) {
    case "ForStatement": {
      const turns = draft.turns.get(node)?.join(", ");
      if (turns) renewEachTurn(draft, node, turns);
      return;
    }
    case "ForInStatement":
      writeKeys(draft, node);
      openBody(draft, node.body, draft.openings.get(node) ?? []);
      return;
    case "ForOfStatement":
      writeRange(draft, node);
      openBody(draft, node.body, draft.openings.get(node) ?? []);
      return;
    case "CatchClause":
      openBody(draft, node.body, draft.openings.get(node) ?? []);
      return;
  }
}

/** `for (k in o)`: a dict's keys are no properties. */
function writeKeys({ port, py }: Draft, { left, right }: ForInStatement): void {
  port.replaceLines({ start: left.end, end: right.start }, ` of ${py}.keysIn(`);
  port.code.appendLeft(right.end, ")");
}

/** Each turn has cells of its own, with the values of the turn before. */
function renewEachTurn({ port }: Draft, loop: Extract<Node, { type: "ForStatement" }>, turns: string): void {
  if (loop.update) {
    port.code.prependRight(loop.update.start, `${turns}, `);
    return;
  }
  const from = (loop.test ?? loop.init)!.end;
  port.code.appendLeft(from + port.source.slice(from, loop.body.start).lastIndexOf(")"), turns);
}
