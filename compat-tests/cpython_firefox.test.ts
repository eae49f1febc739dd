// The same cases, in a page of Firefox: all of them, as they take half a minute of CI.
import { afterAll } from "vitest";
import { describeCases } from "./cpython_pages.js";
import { closeFirefox, firefox } from "./hosts/firefox.js";

afterAll(closeFirefox);
await describeCases(firefox, "Firefox");
