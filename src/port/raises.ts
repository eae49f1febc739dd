// `throw X("m", { cause: e })` is `raise X("m") from e`: the cause is set by the statement, whatever X's constructor takes.
// `throw X` makes one.
import type { CallExpression, NewExpression, Node } from "oxc-parser";
import type { Draft } from "./draft";
import { unwrap } from "./syntax";

export function writeThrow(draft: Draft, node: Node): void {
  if (node.type !== "ThrowStatement") return;
  const { argument } = node;
  const made = unwrap(argument);
  if (made.type === "Literal" || made.type === "TemplateLiteral") return;
  if (made.type === "NewExpression") return writeCause(draft, made);
  if (made.type === "CallExpression") writeCause(draft, made);
  const { code } = draft.port;
  code.prependRight(argument.start, `${draft.py}.exception(`).appendLeft(argument.end, ")");
}

function writeCause({ port, py }: Draft, argument: CallExpression | NewExpression): void {
  const last = argument.arguments.at(-1);
  const options = last && last.type !== "SpreadElement" ? unwrap(last) : undefined;
  if (options?.type !== "ObjectExpression" || options.properties.length !== 1) return;
  const [property] = options.properties;
  if (property?.type !== "Property" || property.computed || property.key.type !== "Identifier") return;
  if (property.key.name !== "cause" || property.shorthand) return;
  const { value } = property;
  const { code } = port;
  const before = argument.arguments.at(-2);
  const cause = code.slice(value.start, value.end);
  code.prependRight(argument.start, `${py}.from(`);
  port.replaceLines({ start: before?.end ?? last!.start, end: last!.end }, "");
  code.appendLeft(argument.end, `, ${cause})`);
}
