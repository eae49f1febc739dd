// Cells: what a captured local that is assigned becomes. A cell is an ordinary object with one property until a closure
// takes it to another thread; then its value lies in a slot of kernel memory, and all threads see the same.
import type { Kind } from "../../../assembly/status";
import { kernel, view } from "../../kernel/kernel";
import { Copied, copyInstances } from "../copies";
import { KIND, reviveKind, Shared } from "../shared";
import { allocated } from "../wait";
import { slotAt, unset } from "../words";
import { readVariable, writeVariable } from "./variables";

/** A kind of handle that the kernel itself knows as a namespace. */
export const CELL = 0x100 as Kind;

/** How messages call what a cell holds: its name is not known at run time. */
const NAME = "(captured)";

export class Cell {
  declare box: CellBox | undefined;

  constructor(public v?: unknown) {}
}

/** What the prototype of a shared cell is. */
class SharedCell {
  declare slot: number;

  get v(): unknown {
    const value = view[this.slot]!;
    return value === value ? value : readVariable(this.slot, NAME);
  }

  set v(value: unknown) {
    writeVariable(this.slot, value, NAME);
  }
}

/** The object with identity behind a cell that is shared. */
export class CellBox extends Shared {
  declare cell: Cell;

  get [KIND](): Kind {
    return CELL;
  }

  protected promote(): number {
    const value = this.cell.v;
    const address = allocated(kernel.namespace_new(1));
    // Tied before its value crosses, as that may lead back to it.
    Shared.tie(this, address);
    share(this, this.cell, address);
    if (value !== undefined || !optional.has(this.cell)) this.cell.v = value;
    return address;
  }
}

function share(box: CellBox, cell: Cell, address: number): void {
  box.cell = cell;
  delete cell.v;
  cell.box = box;
  (cell as unknown as SharedCell).slot = slotAt(kernel.namespace_slots(address) >>> 0);
  Object.setPrototypeOf(cell, SharedCell.prototype);
}

/** The object with identity that stands for a cell. */
export function boxOf(cell: Cell): CellBox {
  if (cell.box) return cell.box;
  const box = new CellBox();
  box.cell = cell;
  cell.box = box;
  return box;
}

export function isCell(value: unknown): value is Cell {
  return value instanceof Cell || value instanceof SharedCell;
}

/** Cells that may have no value: those of class attributes. */
const optional = new WeakSet<Cell>();

export function optionalCell(): Cell {
  const made = new Cell();
  optional.add(made);
  return made;
}

/** The value of a cell that may have none: then it is undefined. */
export function valueIn(cell: Cell): unknown {
  return cell instanceof SharedCell ? readVariable((cell as unknown as SharedCell).slot, NAME, true) : cell.v;
}

export function emptyCell(cell: Cell): void {
  if (cell instanceof SharedCell) unset((cell as unknown as SharedCell).slot);
  else cell.v = undefined;
}

/** A cell for a captured variable. */
export function cell(value?: unknown): Cell {
  return new Cell(value);
}

reviveKind(CELL, (address) => {
  const box = Shared.revive(CellBox, address) as CellBox;
  share(box, new Cell(), address);
  return box;
});
copyInstances<CellBox>(CellBox, {
  copied: Copied.Cell,
  make: () => boxOf(cell()),
  parts: (box) => [valueIn(box.cell)],
  fill: (box, [value]) => {
    box.cell.v = value;
  },
});
