// The same cases, in a page of Firefox: a part of each module's, for the time they take. PYTHREADS_ALL_CASES=1 runs all.
import { afterAll } from "vitest";
import { describeCases } from "./cpython_pages.js";
import { closeFirefox, firefox } from "./hosts/firefox.js";

/** The dearest of multiprocessing: other cases of it stand for processes (mp_sync, mp_channel, context), tutorials for pools. */
const LEFT_OUT = ["mp_process_cases.ts", "mp_start_cases.ts", "pool_cases.ts"];

afterAll(closeFirefox);
await describeCases(firefox, "Firefox", process.env.PYTHREADS_ALL_CASES ? {} : { without: LEFT_OUT, scripts: false });
