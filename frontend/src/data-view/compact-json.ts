/** The beginning of a value as JSON. It costs what it shows: large and deep values are not gone through. Pure. */
import { isList, isObject, type Json } from "../doc/json";

/** At least the first `limit` characters; a longer text stands for a value that goes on. */
export function compactJson(value: Json, limit: number): string {
  const writer = new Writer(limit);
  writer.value(value);
  return writer.text;
}

class Writer {
  text = "";

  constructor(private readonly limit: number) {}

  /** Whether there is enough. Every level writes a character, so this ends deep values too. */
  private get isFull(): boolean {
    return this.text.length > this.limit;
  }

  value(value: Json): void {
    if (this.isFull) return;
    if (isList(value)) this.list(value);
    else if (isObject(value)) this.object(value);
    else this.text += JSON.stringify(typeof value === "string" ? value.slice(0, this.limit + 1) : value);
  }

  private list(values: readonly Json[]): void {
    this.text += "[";
    for (const [at, value] of values.entries()) {
      if (this.isFull) return;
      if (at > 0) this.text += ",";
      this.value(value);
    }
    this.text += "]";
  }

  private object(object: { readonly [name: string]: Json }): void {
    this.text += "{";
    let isFirst = true;
    for (const name in object) {
      if (this.isFull) return;
      if (!isFirst) this.text += ",";
      isFirst = false;
      this.text += `${JSON.stringify(name.slice(0, this.limit + 1))}:`;
      this.value(object[name] ?? null);
    }
    this.text += "}";
  }
}
