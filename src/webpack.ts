import { plugin } from "./port/page-plugin";

/** The plugin for webpack: `pythreads({ include })`. */
export default plugin.webpack;
