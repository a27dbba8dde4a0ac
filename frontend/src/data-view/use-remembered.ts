import { useState } from "react";

/** A choice that this browser remembers; without a memory it lasts as long as the page. */
export function useRemembered<Value extends string>(name: string, values: readonly Value[], first: Value): [Value, (value: Value) => void] {
  const key = `exprsn/${name}`;
  const [value, setValue] = useState<Value>(() => values.find((each) => each === read(key)) ?? first);
  const remember = (next: Value): void => {
    setValue(next);
    write(key, next);
  };
  return [value, remember];
}

function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function write(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // The browser refuses: then it is forgotten.
  }
}
