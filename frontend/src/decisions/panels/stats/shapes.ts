/** Small pictures of figures over time, as coordinates of an SVG. Pure. */
import type { Bucket } from "../../server/types";

/** A line through the values, from left to right; empty without any. */
export function sparkLine(values: readonly number[], width: number, height: number): string {
  const most = Math.max(...values, 0);
  if (values.length === 0) return "";
  const step = values.length > 1 ? width / (values.length - 1) : 0;
  const y = (value: number): number => (most > 0 ? height - (value / most) * height : height);
  return values.map((value, at) => `${at === 0 ? "M" : "L"}${rounded(at * step)} ${rounded(y(value))}`).join("");
}

export interface Bar {
  readonly x: number;
  readonly width: number;
  /** From the ground up: matched, no match, errors. */
  readonly parts: readonly { readonly tone: "ok" | "warn" | "err"; readonly y: number; readonly height: number }[];
}

/** One bar for each bucket, a pixel apart where there is room. */
export function bars(series: readonly Bucket[], width: number, height: number): readonly Bar[] {
  const most = Math.max(...series.map(({ evaluations }) => evaluations), 1);
  const step = width / Math.max(series.length, 1);
  const gap = step > 3 ? 1 : 0;
  return series.map(({ evaluations, no_match, errors }, at) => {
    const counts = [["ok", Math.max(evaluations - no_match - errors, 0)], ["warn", no_match], ["err", errors]] as const;
    let ground = height;
    const parts = counts.map(([tone, count]) => {
      const tall = (count / most) * height;
      ground -= tall;
      return { tone, y: rounded(ground), height: rounded(tall) };
    });
    return { x: rounded(at * step), width: rounded(step - gap), parts: parts.filter((part) => part.height > 0) };
  });
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
