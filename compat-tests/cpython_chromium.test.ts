// CPython's own tests, told anew as ports, in a page of Chromium.
import { afterAll } from "vitest";
import { describeCases } from "./cpython_pages.js";
import { chromium, closeChromium } from "./hosts/chromium.js";

afterAll(closeChromium);
await describeCases(chromium, "Chromium");
