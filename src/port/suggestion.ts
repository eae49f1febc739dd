// What a misspelt name was meant to be: CPython's measure of how far two names are from each other.

const MOVE = 2;
const CASE = 1;
const LONGEST = 40;

/** The first of the nearest among `candidates`, if one is near enough. */
export function suggestion(name: string, candidates: Iterable<string>): string | undefined {
  let best: string | undefined;
  let bound = Number.POSITIVE_INFINITY;
  for (const candidate of candidates) {
    if (candidate === name) continue;
    const near = Math.min(Math.floor(((name.length + candidate.length + 3) * MOVE) / 6), bound - 1);
    const cost = distance(name, candidate);
    if (cost > near) continue;
    best = candidate;
    bound = cost;
  }
  return best;
}

/** What it costs to make `b` of `a`: each letter that is added, removed or replaced, less if only its case is another. */
function distance(first: string, second: string): number {
  const [a, b] = withoutCommonEnds(first, second);
  if (a.length > LONGEST || b.length > LONGEST) return Number.POSITIVE_INFINITY;
  let row = Array.from({ length: b.length + 1 }, (_, j) => j * MOVE);
  for (let i = 1; i <= a.length; i++) {
    const next = [i * MOVE];
    for (let j = 1; j <= b.length; j++) {
      const replaced = row[j - 1]! + replacement(a[i - 1]!, b[j - 1]!);
      next[j] = Math.min(replaced, row[j]! + MOVE, next[j - 1]! + MOVE);
    }
    row = next;
  }
  return row[b.length]!;
}

function withoutCommonEnds(a: string, b: string): [string, string] {
  const shorter = Math.min(a.length, b.length);
  let start = 0;
  while (start < shorter && a[start] === b[start]) start++;
  let end = 0;
  while (end < shorter - start && a.at(-1 - end) === b.at(-1 - end)) end++;
  return [a.slice(start, a.length - end), b.slice(start, b.length - end)];
}

function replacement(a: string, b: string): number {
  if (a === b) return 0;
  return a.toLowerCase() === b.toLowerCase() ? CASE : MOVE;
}
