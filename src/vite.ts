import { plugin } from "./port/page-plugin";

/** The plugin for Vite, which also isolates the pages of its dev and preview servers: `pythreads({ include })`. */
export default plugin.vite;
