// Declared functions and methods check how many arguments they are given, as Python's do. Arrow functions and function
// expressions do not: JavaScript's own callbacks are given more than they take.
import type { Node, ParamPattern } from "oxc-parser";
import type { Draft } from "./draft";
import { type FunctionLike, isClass, isFunction } from "./functions";

interface Check {
  /** What is true where the arguments are wrong, and what raises the error then. */
  test: string;
  raise: string;
  /** How many arguments must be given, and whether there can be any number. */
  required: number;
  hasRest: boolean;
  /** The statement that checks what is given by keyword only. */
  keywords: string;
}

/** The statement that checks the arguments of a function; undefined where nothing is to be checked. */
export function arityCheck(draft: Draft, node: FunctionLike): string | undefined {
  const check = node.generator ? undefined : checkOf(draft, node);
  return check && `if (${check.test}) ${check.raise};${check.keywords}`;
}

/**
 * Makes a generator function check its arguments when it is called, as its body only begins at the first `next()`: in a rest
 * parameter of its own, `...{ [check]: $_ }`, or as the default of the last parameter that must be given.
 */
export function checkInParameters(draft: Draft, node: FunctionLike): void {
  const check = node.generator ? checkOf(draft, node) : undefined;
  if (!check) return;
  const { port, py } = draft;
  const { code, source } = port;
  const verdict = `${py}.on || !(${check.test}) ? undefined : ${check.raise}`;
  const params = node.params as ParamPattern[];
  if (check.hasRest) {
    const last = params.filter((param) => param.type !== "Identifier" || param.name !== "this")[check.required - 1]!;
    if (last.type === "Identifier") code.appendLeft(last.end, ` = ${verdict}`);
    return;
  }
  const rest = `...{ [${verdict}]: ${port.fresh("$_")} }`;
  const last = params.at(-1);
  if (!last) code.appendLeft(source.indexOf("(", node.typeParameters?.end ?? node.id?.end ?? node.start) + 1, rest);
  else {
    const comma = /^\s*,/.exec(source.slice(last.end))?.[0].length ?? 0;
    code.appendLeft(last.end + comma, `${comma ? " " : ", "}${rest}`);
  }
}

function checkOf({ port, py }: Draft, node: FunctionLike): Check | undefined {
  const parent = port.parent(node);
  const isMethod = parent.type === "MethodDefinition";
  if (isMethod ? parent.kind === "get" || parent.kind === "set" : node.type !== "FunctionDeclaration") return undefined;
  if (port.usesOf(node).arguments) return undefined;
  const params = (node.params as ParamPattern[]).filter(
    (param) => param.type !== "Identifier" || param.name !== "this",
  );
  const hasRest = params.at(-1)?.type === "RestElement";
  const names = params.slice(0, hasRest ? -1 : undefined).map(nameOf);
  const firstDefault = params.findIndex(isOptional);
  const required = firstDefault < 0 ? names.length : firstDefault;
  const count = "arguments.length";
  const test = hasRest
    ? required > 0 && `${count} < ${required}`
    : required === names.length
      ? `${count} !== ${required}`
      : `${required > 0 ? `${count} < ${required} || ` : ""}${count} > ${names.length}`;
  if (!test) return undefined;
  const isKeywords = isKeywordPattern(params.at(-1));
  const positional = hasRest ? -1 : names.length - (isKeywords ? 1 : 0);
  const self = isMethod && !parent.static ? 1 : 0;
  const details = [JSON.stringify(qualifiedName(port, node)), count, JSON.stringify(names.slice(0, required))];
  const raise = `${py}.arity(${[...details, required, positional, self].join(", ")})`;
  const known = isKeywords ? keywordsOf(params.at(-1)!) : undefined;
  const given = [details[0], `arguments[${positional}]`, JSON.stringify(known), required, positional, self];
  const keywords = known ? ` if (${count} > ${positional}) ${py}.keywords(${given.join(", ")});` : "";
  return { test, raise, required, hasRest, keywords };
}

/** A parameter without the `public` or `readonly` that makes a property of it. */
function patternOf(param: ParamPattern): Node {
  const node = param as Node;
  return node.type === "TSParameterProperty" ? node.parameter : node;
}

/** Whether an argument may be left out: TypeScript's `x?` has None for default. */
function isOptional(param: ParamPattern): boolean {
  const node = patternOf(param);
  return (
    node.type === "AssignmentPattern" || node.type === "RestElement" || ("optional" in node && node.optional === true)
  );
}

/** `{ loud = false } = {}` as last parameter: what can be given by keyword only. */
function isKeywordPattern(param: ParamPattern | undefined): boolean {
  return param?.type === "AssignmentPattern" && param.left.type === "ObjectPattern";
}

/** The names of keyword-only parameters; undefined where a rest element takes any. */
function keywordsOf(param: ParamPattern): string[] | undefined {
  const pattern = param.type === "AssignmentPattern" ? param.left : param;
  if (pattern.type !== "ObjectPattern") return undefined;
  const names: string[] = [];
  for (const property of pattern.properties) {
    if (property.type !== "Property" || property.computed || property.key.type !== "Identifier") return undefined;
    names.push(property.key.name);
  }
  return names;
}

function nameOf(param: ParamPattern): string {
  const node: Node =
    (param as Node).type === "TSParameterProperty" ? (param as unknown as { parameter: Node }).parameter : param;
  const target = node.type === "AssignmentPattern" ? node.left : node;
  return target.type === "Identifier" ? target.name : "";
}

/** `f`, `outer.<locals>.f`, `C.m`, `C.__init__`. */
function qualifiedName(port: Draft["port"], node: Node): string {
  const parts: string[] = [];
  for (let inner: Node | undefined = node; inner; inner = port.parent(inner)) {
    if (!isFunction(inner) && !isClass(inner)) continue;
    if (isFunction(inner) && inner !== node) parts.unshift("<locals>");
    parts.unshift(ownName(port, inner));
  }
  return parts.join(".");
}

function ownName(port: Draft["port"], node: Node): string {
  if ("id" in node && node.id && "name" in node.id) return node.id.name as string;
  const parent = port.parent(node);
  if (parent.type === "MethodDefinition") {
    if (parent.kind === "constructor") return "__init__";
    return parent.key.type === "Identifier" || parent.key.type === "PrivateIdentifier" ? parent.key.name : "<method>";
  }
  const isNamed = parent.type === "VariableDeclarator" && parent.id.type === "Identifier";
  return isNamed ? (parent.id as { name: string }).name : "<lambda>";
}
