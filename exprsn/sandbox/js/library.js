// Dates, helper methods and $jmespath: all of them are tier 1's own, asked for over __host as JSON.
(() => {
  "use strict";
  const { parse, stringify } = JSON;
  const { isArray } = Array;
  const { defineProperty, entries } = Object;
  const host = globalThis.__host;
  const { tag, classes, helpers, functions } = parse(globalThis.__interface);
  delete globalThis.__host;
  delete globalThis.__interface;
  const NativeDate = Date;
  const made = {};

  const write = (value, depth = 0) => {
    if (depth > 150) throw new RangeError("The expression or its values are nested too deeply.");
    if (value === undefined || typeof value === "function" || typeof value === "symbol") return { [tag]: "undefined" };
    if (typeof value === "bigint") return String(value);
    if (typeof value === "number" && (!Number.isFinite(value) || Object.is(value, -0))) return { [tag]: "number", text: Object.is(value, -0) ? "-0" : String(value) };
    if (value === null || typeof value !== "object") return value;
    if (isArray(value)) return Array.from(value, (entry) => write(entry, depth + 1));
    if (value instanceof NativeDate) return { [tag]: "date", ms: write(value.getTime()) };
    for (const name in made) if (value instanceof made[name]) return value.state;
    if (value instanceof String || value instanceof Number || value instanceof Boolean) return write(value.valueOf(), depth + 1);
    if (value instanceof Set || value instanceof Map) return Array.from(value, (entry) => write(entry, depth + 1));
    return Object.fromEntries(entries(value).map(([key, member]) => [key, write(member, depth + 1)]));
  };
  const read = (value) => {
    if (value === null || typeof value !== "object") return value;
    if (isArray(value)) return value.map(read);
    const kind = value[tag];
    if (kind === undefined) return Object.fromEntries(entries(value).map(([key, member]) => [key, read(member)]));
    if (kind === "undefined") return undefined;
    if (kind === "number") return Number(value.text);
    if (kind === "date") return new NativeDate(value.ms === null ? NaN : value.ms);
    return new made[kind](value);
  };
  const ask = (operation, name, value, values) => {
    const answer = parse(host(stringify([operation, name, value, values.map((one) => write(one))])));
    if (!answer.error) return read(answer.value);
    const error = new TypeError(answer.error[1]);
    error.own = answer.error[0];
    throw error;
  };
  const hidden = (target, name, value) => defineProperty(target, name, { value, writable: true, configurable: true, enumerable: false });

  for (const [name, { functions: shared, constants, methods, fields }] of entries(classes)) {
    const type = { [name]: class { constructor(state) { hidden(this, "state", state); } } }[name];
    made[name] = type;
    for (const method of methods) hidden(type.prototype, method, function (...values) { return ask("method", method, this.state, values); });
    for (const field of fields) {
      defineProperty(type.prototype, field, { get() { return ask("get", field, this.state, []); }, set() {}, configurable: true });
    }
    for (const one of shared) hidden(type, one, (...values) => ask("static", one, name, values));
    for (const [constant, value] of entries(constants)) hidden(type, constant, value);
    hidden(type.prototype, "toJSON", function () { return name === "Interval" ? this.toISO() : ask("method", "toISO", this.state, []); });
    hidden(type.prototype, Symbol.toPrimitive, function (hint) {
      return hint === "string" || name === "Interval" ? ask("method", "toString", this.state, []) : ask("method", "valueOf", this.state, []);
    });
    globalThis[name] = type;
  }
  const types = { String, Number, Array, Boolean, Date };
  for (const [name, methods] of entries(helpers)) {
    for (const method of methods) {
      hidden(types[name].prototype, method, function (...values) { return ask("method", method, write(this), values); });
    }
  }
  // Where the engine differs from other engines.
  const { toString } = Number.prototype;
  hidden(Number.prototype, "toString", function (base) {
    return base === undefined || base === 10 ? toString.call(this) : ask("method", "toString", write(this), [base]);
  });
  const { repeat } = String.prototype;
  hidden(String.prototype, "repeat", function (count) { return this.length || !(count >= 0 && count < Infinity) ? repeat.call(this, count) : ""; });
  const { cbrt } = Math;
  hidden(Math, "cbrt", (value) => { const root = cbrt(value), near = Math.round(root); return near ** 3 === Number(value) ? near : root; });

  hidden(Array.prototype, "first", function () { return this[0]; });
  hidden(Array.prototype, "last", function () { return this[this.length - 1]; });
  hidden(Array.prototype, "append", function (...values) { return [...this, ...values]; });
  for (const name of functions) globalThis[name] = (...values) => ask("function", name, null, values);
  const isEmpty = (value) => value === null || value === undefined || value === "" || (isArray(value) && !value.length)
    || (typeof value === "object" && Object.getPrototypeOf(value) === Object.prototype && !Object.keys(value).length);
  globalThis.$if = (condition, then, otherwise) => (condition ? then : otherwise);
  globalThis.$ifEmpty = (value, otherwise) => (isEmpty(value) ? otherwise : value);

  // Texts that Date reads are read by tier 1, which knows more spellings than the engine.
  const parseDate = (text) => { const found = ask("parse", "", write(String(text)), []); return found; };
  globalThis.Date = new Proxy(NativeDate, {
    construct: (type, values, target) => {
      const only = values.length === 1 && typeof values[0] === "string" ? [parseDate(values[0])] : values;
      return Reflect.construct(type, only, target);
    },
    get: (type, name) => (name === "parse" ? parseDate : type[name]),
  });
  NativeDate.prototype.constructor = globalThis.Date;

  const isPlain = (value) => {
    if (typeof value !== "object" || isArray(value)) return false;
    const prototype = Object.getPrototypeOf(value);
    return prototype === Object.prototype || prototype === null;
  };
  // A call of a helper that objects, dates or nothing may have, but cannot carry as members.
  globalThis.__call = (value, name, optional) => {
    if (value === null || value === undefined) {
      if (optional) return () => undefined;
      return (...values) => ask("method", name, write(value), values);
    }
    for (const kind in made) if (value instanceof made[kind]) return (...values) => ask("method", name, value.state, values);
    if (isArray(value) && (name === "keys" || name === "values")) return () => [...value[name]()];
    if (typeof value[name] === "function") return (...values) => value[name](...values);
    if (isPlain(value)) return (...values) => ask("method", name, write(value), values);
    throw new TypeError(`${name}() is no method of this value`);
  };
  for (const name of ["__call"]) defineProperty(globalThis, name, { writable: false, configurable: false });
  globalThis.__moment = (state) => new made.DateTime({ [tag]: "DateTime", ...state });
})();
