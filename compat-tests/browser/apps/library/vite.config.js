import pythreads from "pythreads/vite";

export default { plugins: [pythreads()], build: { target: "es2022" } };
