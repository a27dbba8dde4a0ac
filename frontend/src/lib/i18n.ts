/**
 * The words of the screens. Django's catalogue (`/jsi18n/`) is in the page before any island starts; without it,
 * and for what it does not know, the text itself is shown.
 *
 * Values are named and stand in braces, so that translators may move them: `_("Save {name}", { name })`.
 */
export type Values = Readonly<Record<string, string | number>>;

interface Catalogue {
  gettext: (text: string) => string;
  ngettext: (one: string, many: string, count: number) => string;
}

const catalogue = (): Partial<Catalogue> => (globalThis as { django?: Partial<Catalogue> }).django ?? {};

/** The text in the person's language, with its values filled in. */
export function _(text: string, values: Values = {}): string {
  return filled(catalogue().gettext?.(text) ?? text, values);
}

/** One or many: `_n("{n} item", "{n} items", count)`; `{n}` is the count, grouped as the language does. */
export function _n(one: string, many: string, count: number, values: Values = {}): string {
  const chosen = catalogue().ngettext?.(one, many, count) ?? (count === 1 ? one : many);
  return filled(chosen, { n: count, ...values });
}

/** A number as the page's language writes it. */
export function number(value: number): string {
  return new Intl.NumberFormat(language()).format(value);
}

/** The language of the page, which may differ from the browser's. */
export function language(): string {
  return document.documentElement.lang || "en";
}

function filled(text: string, values: Values): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value === undefined) return whole;
    return typeof value === "number" ? number(value) : value;
  });
}
