import pythreads from "pythreads/vite";

export default { plugins: [pythreads()] };
