export function compile(entry: string): Promise<Buffer<ArrayBuffer>>;
