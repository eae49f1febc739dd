/** A place in the binary's bytes. */
export interface Span {
  start: number;
  end: number;
}

export interface Instruction {
  op: number;
  name?: string;
  value?: number;
}

export interface Decoded {
  sections: (Span & { id: number })[];
  exports: (Span & { name: string; kind: number; index: number })[];
  imports: number;
  functions: (Span & { name: string; index: number; code: Instruction[] })[];
}

export const SECTION: Readonly<Record<"type" | "import" | "function" | "export" | "code", number>>;

export function decode(bytes: Uint8Array): Decoded;
