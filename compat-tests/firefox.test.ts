// The same programs, in a page of Firefox.
import { afterAll } from "vitest";
import { closeFirefox, firefox } from "./hosts/firefox.js";
import { describePrograms } from "./pages.js";

afterAll(closeFirefox);
describePrograms(firefox, "Firefox");
