// Questions to the syntax tree that several passes ask.
import type { Expression, Node, ParamPattern } from "oxc-parser";

const WRAPPERS = new Set<Node["type"]>([
  "ParenthesizedExpression",
  "TSAsExpression",
  "TSSatisfiesExpression",
  "TSNonNullExpression",
  "TSTypeAssertion",
  "TSInstantiationExpression",
]);

/** Whether a node is its `expression` with parentheses or a type around it. */
export function isWrapper(node: Node): boolean {
  return WRAPPERS.has(node.type);
}

/** An expression without parentheses and types. */
export function unwrap(node: Expression): Expression {
  return isWrapper(node) ? unwrap((node as unknown as { expression: Expression }).expression) : node;
}

/** The function or class that an expression writes out. */
export function definition(node: Expression | null): Expression | undefined {
  if (!node) return undefined;
  const inner = unwrap(node);
  const { type } = inner;
  const defines = type === "ArrowFunctionExpression" || type === "FunctionExpression" || type === "ClassExpression";
  return defines ? inner : undefined;
}

/**
 * By what names a function's arguments can be given; undefined where that is not only names. Those of a last `{ c = 0 } = {}`,
 * keyword-only ones, have a star before them.
 */
export function parameterNames(node: Node): string[] | undefined {
  if (!("params" in node) || !Array.isArray(node.params)) return undefined;
  const names: string[] = [];
  const params = node.params as ParamPattern[];
  for (const [i, given] of params.entries()) {
    const param = given.type === "TSParameterProperty" ? given.parameter : given;
    if (param.type === "RestElement") continue;
    const target = param.type === "AssignmentPattern" ? param.left : param;
    const keywords = i === params.length - 1 && target !== param ? keywordNames(target) : undefined;
    if (keywords) names.push(...keywords);
    else if (target.type !== "Identifier") return undefined;
    else if (target.name !== "this") names.push(target.name);
  }
  return names;
}

function keywordNames(pattern: Node): string[] | undefined {
  if (pattern.type !== "ObjectPattern") return undefined;
  const names: string[] = [];
  for (const property of pattern.properties) {
    if (property.type !== "Property" || property.computed || property.key.type !== "Identifier") return undefined;
    names.push(`*${property.key.name}`);
  }
  return names;
}

/** Whether an expression is a function or class that takes its name from the variable it is given to. */
export function isAnonymous(node: Expression | null): boolean {
  const inner = definition(node);
  return inner !== undefined && !("id" in inner && inner.id);
}

/** Whether a node is an item of a list of statements, where a line may end without a semicolon. */
export function isListed(parent: Node): boolean {
  switch (parent.type) {
    case "Program":
    case "BlockStatement":
    case "StaticBlock":
    case "SwitchCase":
    case "TSModuleBlock":
    case "ExportNamedDeclaration":
      return true;
    default:
      return false;
  }
}
