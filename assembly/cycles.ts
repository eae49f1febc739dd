// Cycles: objects that hold each other and that nobody else can reach any more. Counts alone never free them.
//
// Run now and then by the supervisor, which nobody terminates, while all other threads go on. Nothing is asked of those but
// that adding a reference also counts how often that was done (references.ts).
//
//   suspect   as CPython's collector does: from each container's count the references that containers hold are taken off. What
//             is left over is held from outside, by a facade, a namespace, a waiting put; that is alive, and so is all it leads
//             to. The others are suspects. Threads change all this meanwhile, so it is a guess.
//   prove     two looks at the suspects. The first finds that each is referred to by suspects only; the second that since
//             then no count has changed, no reference was added anywhere, and no word of them is another.
//   free
//
// Why that is a proof: take the moment between the two looks. Since the first look at it no suspect has got a reference, and so
// none has lost one, as its count is the same. Nor was a word moved out and back in, which only queues do; those count as
// outside. So at that moment all of every suspect's references are words of suspects. Nobody else can reach them, and never will.
//
// A table has an entry for each container, in the order of their addresses.
import { alloc, BLOCK_HEADER, free, sizeOfClass } from "./allocator";
import { attributesWord } from "./attributes";
import { conditionWord } from "./condition";
import { dictWord } from "./dict";
import { BRK, HEAP, kindOf } from "./layout";
import { listWord } from "./list";
import { namespaceWord } from "./namespace";
import { dropContents, freeAll, object_attributes, valueWord } from "./object";
import { recordWord } from "./record";
import { references, retain } from "./references";
import { Kind, Tag } from "./status";
import { threadWord } from "./thread";
import { NO_WORD, pointee } from "./word";

const OBJECT: usize = 0;
/** References that no container has been found to hold; in the proof, those that suspects were found to hold. */
const COUNTED: usize = 4;
/** What the first look saw. */
const REFERENCES: usize = 8;
const WORDS: usize = 16;
/** Next entry of those whose words are still to be followed. */
const NEXT: usize = 24;
const ALIVE: usize = 28;
const ENTRY: usize = 32;

/** Containers that may be made between counting them and listing them. */
const SPARE: i32 = 64;
/** How often suspects are dismissed before the proof is put off until the next time. */
const ROUNDS: i32 = 4;

/** Frees cycles that nobody can reach. Gives back how many objects; -1 if there was no memory to look. */
export function cycles_collect(): i32 {
  const room = listContainers(0, i32.MAX_VALUE) + SPARE;
  const table = alloc(<u64>room * ENTRY);
  if (table == 0) return -1;
  const end = table + <usize>listContainers(table, room) * ENTRY;
  suspect(table, end);
  const freed = prove(table, end) ? freeSuspects(table, end) : 0;
  free(table);
  return freed;
}

/** Writes the containers into the table, if there is one. Gives back their number. */
function listContainers(table: usize, room: i32): i32 {
  const end = <usize>atomic.load<u32>(BRK);
  let count = 0;
  let block = HEAP;
  while (block < end && count < room) {
    const object = block + BLOCK_HEADER;
    if (isContainer(object)) {
      if (table != 0) {
        const entry = table + <usize>count * ENTRY;
        store<u32>(entry + OBJECT, <u32>object);
        store<i32>(entry + ALIVE, 0);
      }
      count++;
    }
    block += <usize>sizeOfClass(load<i32>(block));
  }
  return count;
}

function isContainer(object: usize): bool {
  const kind = kindOf(object);
  return kind != Kind.Free && (wordAt(object, kind, 0) != NO_WORD || object_attributes(object) != 0);
}

/** The word at `index` of an object's contents; NO_WORD past their end. The kinds that are missing hold nothing, or are queues. */
function wordAt(object: usize, kind: i32, index: i32): u64 {
  switch (kind) {
    case Kind.List:
      return listWord(object, index);
    case Kind.Dict:
    case Kind.Set:
    case Kind.FrozenSet:
      return dictWord(object, index);
    case Kind.Attributes:
    case Kind.Instance:
      return attributesWord(object, index);
    case Kind.Condition:
    case Kind.Barrier:
      return conditionWord(object, index);
    case Kind.Thread:
      return threadWord(object, index);
    case Kind.Namespace:
      return namespaceWord(object, index);
    case Kind.Local:
      return recordWord(object, index);
    case Kind.Value:
      return valueWord(object, index);
    default:
      return NO_WORD;
  }
}

/** As wordAt, with the object's attribute table in front. */
function edge(object: usize, kind: i32, index: i32): u64 {
  if (index > 0) return wordAt(object, kind, index - 1);
  const table = object_attributes(object);
  return table == 0 ? 0 : (<u64>Tag.Object << 48) | <u64>table;
}

/** The entry of the object that a word points to; 0 if it points to none that is listed. */
function find(table: usize, end: usize, word: u64): usize {
  const object = <u32>pointee(word);
  if (object == 0) return 0;
  let low = 0;
  let high = <i32>((end - table) / ENTRY);
  while (low < high) {
    const middle = (low + high) >>> 1;
    const found = load<u32>(table + <usize>middle * ENTRY + OBJECT);
    if (found == object) return table + <usize>middle * ENTRY;
    if (found < object) low = middle + 1;
    else high = middle;
  }
  return 0;
}

function suspect(table: usize, end: usize): void {
  for (let entry = table; entry < end; entry += ENTRY) {
    store<i32>(entry + COUNTED, <i32>references(<usize>load<u32>(entry + OBJECT)));
  }
  for (let entry = table; entry < end; entry += ENTRY) look(table, end, entry, -1);
  for (let entry = table; entry < end; entry += ENTRY) {
    if (load<i32>(entry + COUNTED) != 0) revive(table, end, entry);
  }
}

/** Adds `step` for each reference that the entry's object holds, and gives back a digest of its words. */
function look(table: usize, end: usize, entry: usize, step: i32): u64 {
  const object = <usize>load<u32>(entry + OBJECT);
  const kind = kindOf(object);
  let digest: u64 = <u64>kind;
  let word: u64;
  for (let i = 0; (word = edge(object, kind, i)) != NO_WORD; i++) {
    digest = rotl<u64>(digest * 0x9e3779b97f4a7c15, 29) ^ word;
    const target: usize = step == 0 ? 0 : find(table, end, word);
    if (target != 0) store<i32>(target + COUNTED, load<i32>(target + COUNTED) + step);
  }
  return digest;
}

/** The entry's object is alive, and with it all that it leads to. */
function revive(table: usize, end: usize, first: usize): void {
  if (load<i32>(first + ALIVE) != 0) return;
  store<i32>(first + ALIVE, 1);
  store<u32>(first + NEXT, 0);
  let todo = first;
  while (todo != 0) {
    const object = <usize>load<u32>(todo + OBJECT);
    const kind = kindOf(object);
    todo = <usize>load<u32>(todo + NEXT);
    let word: u64;
    for (let i = 0; (word = edge(object, kind, i)) != NO_WORD; i++) {
      const target = find(table, end, word);
      if (target == 0 || load<i32>(target + ALIVE) != 0) continue;
      store<i32>(target + ALIVE, 1);
      store<u32>(target + NEXT, <u32>todo);
      todo = target;
    }
  }
}

/** The first entry from `entry` on that is not alive; `end` if there is none. */
function nextSuspect(entry: usize, end: usize): usize {
  let at = entry;
  while (at < end && load<i32>(at + ALIVE) != 0) at += ENTRY;
  return at;
}

/** Whether the suspects are unreachable; those that turn out not to be are dismissed. */
function prove(table: usize, end: usize): bool {
  for (let round = 0; round < ROUNDS; round++) {
    if (nextSuspect(table, end) == end) return false;
    if (firstLook(table, end)) return secondLook(table, end);
  }
  return false;
}

function firstLook(table: usize, end: usize): bool {
  for (let entry = nextSuspect(table, end); entry < end; entry = nextSuspect(entry + ENTRY, end)) {
    store<i32>(entry + COUNTED, 0);
  }
  for (let entry = nextSuspect(table, end); entry < end; entry = nextSuspect(entry + ENTRY, end)) {
    store<u64>(entry + REFERENCES, references(<usize>load<u32>(entry + OBJECT)));
    store<u64>(entry + WORDS, look(table, end, entry, 1));
  }
  let isSound = true;
  for (let entry = nextSuspect(table, end); entry < end; entry = nextSuspect(entry + ENTRY, end)) {
    const count = <i32>load<u64>(entry + REFERENCES);
    if (count > 0 && count == load<i32>(entry + COUNTED)) continue;
    isSound = false;
    revive(table, end, entry);
  }
  return isSound;
}

function secondLook(table: usize, end: usize): bool {
  for (let entry = nextSuspect(table, end); entry < end; entry = nextSuspect(entry + ENTRY, end)) {
    if (references(<usize>load<u32>(entry + OBJECT)) != load<u64>(entry + REFERENCES)) return false;
    if (look(table, end, entry, 0) != load<u64>(entry + WORDS)) return false;
  }
  return true;
}

function freeSuspects(table: usize, end: usize): i32 {
  // So that none of them is freed while another's contents are dropped.
  for (let entry = nextSuspect(table, end); entry < end; entry = nextSuspect(entry + ENTRY, end)) {
    retain(<usize>load<u32>(entry + OBJECT));
  }
  let dying: usize = 0;
  for (let entry = nextSuspect(table, end); entry < end; entry = nextSuspect(entry + ENTRY, end)) {
    dying = dropContents(<usize>load<u32>(entry + OBJECT), dying);
  }
  freeAll(dying);
  let count = 0;
  for (let entry = nextSuspect(table, end); entry < end; entry = nextSuspect(entry + ENTRY, end)) {
    free(<usize>load<u32>(entry + OBJECT));
    count++;
  }
  return count;
}
