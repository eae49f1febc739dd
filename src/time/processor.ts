// The processor time of the time module.
import { defineAll } from "../registry";
import { system } from "../runtime/system";

/** Seconds of processor time that the program has used; on a host that does not tell, since it began. */
export function process_time(): number {
  return system.processTime();
}

/** As process_time: hosts do not tell threads apart. */
export function thread_time(): number {
  return system.processTime();
}

export function process_time_ns(): number {
  return Math.round(system.processTime() * 1e9);
}

export function thread_time_ns(): number {
  return process_time_ns();
}

defineAll("time", { process_time, thread_time, process_time_ns, thread_time_ns });
