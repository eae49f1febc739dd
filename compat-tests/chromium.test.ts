// The same programs, in a page of Chromium.
import { afterAll } from "vitest";
import { chromium, closeChromium } from "./hosts/chromium.js";
import { describePrograms } from "./pages.js";

afterAll(closeChromium);
describePrograms(chromium, "Chromium");
