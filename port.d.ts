// What a ported file finds without importing it: `/// <reference types="pythreads/port" />`.

/** "__main__" in the program's entry file, else the module's name. */
declare const __name__: string;
