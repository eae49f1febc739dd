// Imported first by everything that plain Node programs and pages import: without it the library waits for a program.
import { enterContext } from "./runtime/host_program";

enterContext();
