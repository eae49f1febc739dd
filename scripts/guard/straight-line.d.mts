/** Faults of a binary as sentences, and how many sections were seen. */
export function straightLineFaults(bytes: Uint8Array): { faults: string[]; sections: number };
