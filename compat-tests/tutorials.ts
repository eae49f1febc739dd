// The ported tutorials: how each is run and how its output is checked.

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { RunOptions, RunResult } from "./hosts/host.js";
import { type Invariant, invariants } from "./invariants.js";
import { compareOutput, EXAMPLES, judgeEnd } from "./run.js";

export interface Tutorial {
  /** exact, sorted: stdout is that of the .out or .sorted.out file, and the invariant holds if there is one.
   *  invariant: the lines vary from run to run, the invariant alone decides. */
  check: "exact" | "sorted" | "invariant";
  /** Options of `pythreads run`. */
  options?: readonly string[];
  /** Exit status; 0 unless told. */
  exit?: number;
  /** Why this port fails today. It runs all the same, and the suite fails when it begins to pass. */
  known?: string;
}

/** A hundred threads that are to run within one second: their workers are started ahead. */
const HUNDRED = ["--carriers", "100"];

export const tutorials: Readonly<Record<string, Tutorial>> = {
  "01_thread_twenty_foreground": { check: "sorted" },
  "02_thread_methods": { check: "exact" },
  "03_thread_daemon": { check: "exact" },
  "04_rlock_global_counter": { check: "exact" },
  "05_list_torn_without_lock": { check: "exact" },
  "06_lock_deadlock": { check: "exact" },
  "07_rlock_twice": { check: "exact" },
  "08_rlock_pairs": { check: "exact" },
  "09_event_input": { check: "invariant" },
  "10_event_methods": { check: "exact" },
  "11_condition_notify_all": { check: "exact" },
  "12_condition_methods": { check: "exact" },
  "13_queue_method_list": { check: "exact" },
  "14_queue_full_empty": { check: "exact" },
  "15_queue_producers_consumers": { check: "exact" },
  "16_own_thread_pool_1": { check: "sorted" },
  "17_own_thread_pool_2": { check: "sorted" },
  "18_own_thread_pool_2_close": { check: "sorted" },
  "19_process_hello": { check: "exact" },
  "20_value_array": { check: "invariant" },
  "21_value_array_typecodes": { check: "exact", known: "a float that is integral prints without .0" },
  "22_value_lock": { check: "exact" },
  "23_manager_dict_list": { check: "exact" },
  "24_manager_types": { check: "exact" },
  "25_manager_over_network": { check: "exact" },
  "26_pool_apply": { check: "exact" },
  "27_pool_apply_async": { check: "sorted" },
  "28_pool_both": { check: "sorted" },
  "29_pool_map_family": { check: "exact" },
  "30_pool_options": { check: "exact" },
  "39_callback_pool_threads": { check: "exact" },
  "40_low_level_thread": { check: "exact" },
  "41_exception_loop": { check: "exact" },
  "42_assert_loop": { check: "exact" },
  "43_int_jack_uncaught": { check: "exact", exit: 1 },
  "44_int_jack_caught": { check: "exact" },
  "45_input_number_good": { check: "exact" },
  "46_input_number_bad": { check: "exact" },
  "47_custom_exception": { check: "exact" },
  "48_exception_hierarchy": { check: "exact" },
  "49_system_exit": { check: "exact", exit: 3 },
  "50_try_else_finally": { check: "exact" },
  "61_threading_direct": { check: "sorted" },
  "62_threading_subclass": { check: "sorted" },
  "63_add_num_without_lock": { check: "invariant", options: HUNDRED },
  "64_add_num_with_lock": { check: "invariant", options: HUNDRED },
  "65_lost_update": { check: "exact" },
  "66_rlock_run123": { check: "invariant" },
  "67_semaphore_run": { check: "sorted" },
  "68_semaphore_toilet": { check: "exact" },
  "69_traffic_light": { check: "invariant" },
  "70_process_say_hi": { check: "sorted" },
  "71_process_no_sharing": { check: "sorted" },
  "72_process_array": { check: "invariant" },
  "73_process_manager_dict": { check: "exact" },
  "74_process_lock": { check: "exact" },
  "75_pool_callback": { check: "sorted" },
  "76_pool_apply_lines": { check: "exact" },
  "77_pool_without_join": { check: "exact" },
  "79_generator_yield": { check: "exact" },
  "82_eating_buns": { check: "sorted" },
  "83_process_communication": { check: "exact" },
  "84_process_methods": { check: "exact" },
  "85_thread_process_memory": { check: "exact" },
  "86_gil": { check: "exact", options: ["--carriers", "10"] },
};

/** What is typed, and the runner's options. */
export function runOptions(name: string): Partial<RunOptions> {
  const typed = join(EXAMPLES, `${name}.in`);
  return { options: tutorials[name]!.options, stdin: existsSync(typed) ? readFileSync(typed, "utf8") : undefined };
}

/** What is wrong with a run of the tutorial, on whichever host it was. */
export function judge(name: string, result: RunResult): string[] {
  const { check, exit } = tutorials[name]!;
  const invariant: Invariant | undefined = invariants[name];
  if (check === "invariant" && !invariant) throw new Error(`${name} has no invariant`);
  const output = check === "invariant" ? [] : compareOutput(check, expected(name, check), result.stdout);
  return [...judgeEnd(result, exit), ...output, ...(invariant?.(result) ?? [])];
}

function expected(name: string, check: "exact" | "sorted"): string {
  return readFileSync(join(EXAMPLES, check === "sorted" ? `${name}.sorted.out` : `${name}.out`), "utf8");
}
