// How many processors the host has.

/** What Python's os.cpu_count() gives. */
export function cpuCount(): number {
  return (globalThis as { navigator?: { hardwareConcurrency?: number } }).navigator?.hardwareConcurrency ?? 2;
}
