// Reading and writing the bytes of a WebAssembly program: numbers are LEB128, seven bits a byte, least significant first.

export class ByteReader {
  constructor(
    private readonly data: Uint8Array,
    private at = 0,
  ) {}

  get done(): boolean {
    return this.at >= this.data.length;
  }

  byte(): number {
    return this.data[this.at++];
  }

  u32(): number {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = this.byte();
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  }

  bytes(length: number): Uint8Array {
    return this.data.subarray(this.at, (this.at += length));
  }

  rest(): Uint8Array {
    return this.data.subarray(this.at);
  }
}

export class ByteWriter {
  private data = new Uint8Array(64);
  private length = 0;

  byte(value: number): this {
    this.reserve(1);
    this.data[this.length++] = value;
    return this;
  }

  u32(value: number): this {
    let rest = value;
    for (; rest >= 128; rest = Math.floor(rest / 128)) this.byte((rest % 128) + 128);
    return this.byte(rest);
  }

  bytes(values: Uint8Array): this {
    this.reserve(values.length);
    this.data.set(values, this.length);
    this.length += values.length;
    return this;
  }

  take(): Uint8Array<ArrayBuffer> {
    return this.data.slice(0, this.length);
  }

  private reserve(more: number): void {
    if (this.length + more <= this.data.length) return;
    const larger = new Uint8Array(2 * (this.length + more));
    larger.set(this.data);
    this.data = larger;
  }
}
