// What a supervisor does only for programs that ask for it. Who asks enters it here, so that a page's program, whose supervisor runs
// the same code, has it then; the supervisor of a host enters all. A leaf.
import type { Fetches } from "./fetches";
import type { SignalRelay } from "./signal_relay";

export const services: { Fetches?: typeof Fetches; SignalRelay?: typeof SignalRelay } = {};
