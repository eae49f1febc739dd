// The text of an exception group in a traceback: its parts under rules, each within its margin.

/** Method of groups: their text. A symbol, since what formats errors need not know groups. */
export const FORMAT_GROUP: unique symbol = Symbol();

/** How many parts of a group, and groups in groups, are shown. */
const [WIDTH, DEPTH] = [15, 10];
const END = "+------------------------------------\n";
/** Begins a line that has its margin already, as a group's in a group. */
const DONE = "\0";

/** How deep the text being made stands: 0 for what stands in no group. */
let depth = 0;

const indent = () => DONE + "  ".repeat(depth);

function inMargin(text: string, mark = "|"): string {
  const lines = text.replace(/\n$/, "").split("\n");
  return lines.map((line) => (line.startsWith(DONE) ? `${line}\n` : `${indent()}${mark} ${line}\n`)).join("");
}

/**
 * @param trace the lines of the group's own traceback
 * @param last those that name it
 * @param format gives the text of a part
 */
export function formatGroup(
  parts: readonly unknown[],
  trace: string,
  last: string,
  format: (part: unknown) => string,
): string {
  const outer = depth;
  if (outer > DEPTH) return `... (max_group_depth is ${DEPTH})\n`;
  depth = Math.max(1, outer);
  try {
    const head = inMargin("Exception Group Traceback (most recent call last):\n", outer === 0 ? "+" : "|");
    const own = (trace && head + inMargin(trace)) + inMargin(last);
    const text = own + drawn(parts, format);
    return outer === 0 ? text.replaceAll(DONE, "") : text;
  } finally {
    depth = outer;
  }
}

function drawn(parts: readonly unknown[], format: (part: unknown) => string): string {
  const more = parts.length - WIDTH;
  let text = "";
  for (const [i, part] of parts.slice(0, WIDTH + 1).entries()) {
    const title = i === WIDTH ? "..." : i + 1;
    text += `${indent()}${i === 0 ? "+-" : "  "}+---------------- ${title} ----------------\n`;
    depth++;
    text += inMargin(i === WIDTH ? `and ${more} more exception${more > 1 ? "s" : ""}` : format(part));
    depth--;
  }
  // A group that comes last has drawn the line already.
  return text.endsWith(END) ? text : `${text}${indent()}  ${END}`;
}
