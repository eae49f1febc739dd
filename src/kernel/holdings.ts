// The references that this worker's facades hold, written where the supervisor finds them when the worker is gone.
import { ints, kernel, reach } from "./kernel";

let carrier = -1;
/** Indices in `ints` of places that hold nothing. */
const places: number[] = [];

/** Tells whose references these are: before that, and in a context that is no carrier, none are written down. */
export function holdAs(index: number): void {
  carrier = index;
}

/** Writes down that a facade holds a reference to `address`. Gives back the place; minus the address if there is none. */
export function hold(address: number): number {
  const place = places.pop() ?? morePlaces();
  if (place === 0) return -address;
  ints[place] = address;
  return place;
}

/**
 * Strikes out what `hold` gave back, and tells the address. Before the reference is dropped: a worker that ends in between
 * leaks it, rather than drop it twice.
 */
export function letGo(place: number): number {
  if (place < 0) return -place;
  const address = ints[place]! >>> 0;
  ints[place] = 0;
  places.push(place);
  return address;
}

function morePlaces(): number {
  const first = carrier < 0 ? 0 : kernel.carrier_more_holdings(carrier) >>> 0;
  // Without memory for the record the reference is merely not found after a death.
  if (first === 0) return 0;
  const count = kernel.holding_count();
  reach(first + count * 4);
  for (let i = count - 1; i > 0; i--) places.push((first >>> 2) + i);
  return first >>> 2;
}
