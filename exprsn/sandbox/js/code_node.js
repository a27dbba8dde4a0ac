// The world of a code node: $input, $("Node"), console and a few helpers of Node's.
// Intrinsics are taken aside first, so that code which changes them changes nothing for the border.
(() => {
  "use strict";
  const { parse, stringify } = JSON;
  const { isArray } = Array;
  const { keys, assign } = Object;
  const AsyncFunction = (async () => {}).constructor;
  const HEADER_LINES = 2;
  const state = { done: false, items: null, error: null, logs: [], logLimit: 0, skipped: 0, statics: {}, asked: {} };

  const show = (value) => {
    if (typeof value === "string") return value;
    try { const text = stringify(value); return text === undefined ? String(value) : text; } catch { return String(value); }
  };
  const write = (level) => (...values) => {
    if (state.logs.length >= state.logLimit) { state.skipped += 1; return; }
    state.logs.push([level, values.map(show).join(" ").slice(0, 8000)]);
  };
  globalThis.console = { log: write("info"), info: write("info"), debug: write("debug"), warn: write("warning"), error: write("error") };

  const BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const toBytes = (text) => {
    const bytes = [];
    for (const character of String(text)) {
      const code = character.codePointAt(0);
      if (code < 0x80) bytes.push(code);
      else if (code < 0x800) bytes.push(0xc0 | (code >> 6), 0x80 | (code & 63));
      else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
      else bytes.push(0xf0 | (code >> 18), 0x80 | ((code >> 12) & 63), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
    }
    return bytes;
  };
  const fromBytes = (bytes) => {
    let text = "";
    for (let at = 0; at < bytes.length;) {
      const byte = bytes[at++];
      if (byte < 0x80) text += String.fromCharCode(byte);
      else {
        const more = byte >= 0xf0 ? 3 : byte >= 0xe0 ? 2 : byte >= 0xc0 ? 1 : -1;
        if (more < 0 || at + more > bytes.length) { text += "\ufffd"; continue; }
        let code = byte & (0x3f >> more);
        for (let count = 0; count < more; count++) code = (code << 6) | (bytes[at++] & 63);
        text += code <= 0x10ffff ? String.fromCodePoint(code) : "\ufffd";
      }
    }
    return text;
  };
  const encode64 = (bytes) => {
    let text = "";
    for (let at = 0; at < bytes.length; at += 3) {
      const chunk = (bytes[at] << 16) | ((bytes[at + 1] || 0) << 8) | (bytes[at + 2] || 0);
      text += BASE64[chunk >> 18] + BASE64[(chunk >> 12) & 63];
      text += at + 1 < bytes.length ? BASE64[(chunk >> 6) & 63] : "=";
      text += at + 2 < bytes.length ? BASE64[chunk & 63] : "=";
    }
    return text;
  };
  const decode64 = (text) => {
    const clean = String(text).replace(/-/g, "+").replace(/_/g, "/").replace(/[^A-Za-z0-9+/]/g, "");
    const bytes = [];
    for (let at = 0; at < clean.length; at += 4) {
      const part = [0, 1, 2, 3].map((offset) => BASE64.indexOf(clean[at + offset] || "A"));
      const chunk = (part[0] << 18) | (part[1] << 12) | (part[2] << 6) | part[3];
      bytes.push(chunk >> 16);
      if (at + 2 < clean.length) bytes.push((chunk >> 8) & 255);
      if (at + 3 < clean.length) bytes.push(chunk & 255);
    }
    return bytes;
  };
  const latin = (bytes) => bytes.map((byte) => String.fromCharCode(byte)).join("");
  const hex = (bytes) => bytes.map((byte) => byte.toString(16).padStart(2, "0")).join("");
  globalThis.btoa = (text) => encode64([...String(text)].map((character) => character.charCodeAt(0) & 255));
  globalThis.atob = (text) => latin(decode64(text));
  class Buffer {
    constructor(bytes) { this.bytes = bytes; }
    static from(value, encoding = "utf8") {
      if (isArray(value)) return new Buffer(value.map((byte) => byte & 255));
      if (encoding === "base64" || encoding === "base64url") return new Buffer(decode64(value));
      if (encoding === "hex") return new Buffer((String(value).match(/../g) || []).map((pair) => parseInt(pair, 16)));
      return new Buffer(toBytes(value));
    }
    get length() { return this.bytes.length; }
    toString(encoding = "utf8") {
      if (encoding === "base64") return encode64(this.bytes);
      if (encoding === "base64url") return encode64(this.bytes).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
      if (encoding === "hex") return hex(this.bytes);
      if (encoding === "latin1" || encoding === "binary") return latin(this.bytes);
      return fromBytes(this.bytes);
    }
  }
  globalThis.Buffer = Buffer;
  globalThis.structuredClone = (value) => (value === undefined ? undefined : parse(stringify(value)));
  globalThis.setTimeout = (work, _delay, ...values) => { Promise.resolve().then(() => work(...values)); return 0; };
  globalThis.clearTimeout = () => {};

  const nodeView = (items, name) => {
    if (!items) throw new Error(`The node "${name}" does not exist or has not run yet`);
    return {
      all: () => items, first: () => items[0], last: () => items[items.length - 1],
      itemMatching: (index) => items[index], item: items[0], json: items[0] ? items[0].json : {}, isExecuted: true,
    };
  };

  // Asked for again it is the same object, so that all changes are in it.
  const staticData = (scope) => {
    if (scope !== "global" && scope !== "node") throw new Error('Static data is of "global" or of "node".');
    state.asked[scope] = state.statics[scope] || (state.statics[scope] = {});
    return state.asked[scope];
  };
  const globalsFor = (items, context) => {
    state.statics = context.static || {};
    const nodes = context.nodes || {};
    const find = (name) => nodeView(nodes[name], name);
    assign(globalThis, {
      items, $items: (name) => (name === undefined ? items : find(name).all()), $: find,
      $node: new Proxy({}, { get: (_target, name) => (typeof name === "string" ? find(name) : undefined) }),
      $vars: context.vars || {}, $env: context.env || {}, $workflow: context.workflow || {},
      $execution: context.execution || {}, $runIndex: context.runIndex || 0,
      $now: DateTime.fromISO(context.now), $today: DateTime.fromISO(context.now).startOf("day"),
      $getWorkflowStaticData: staticData, getWorkflowStaticData: staticData, $jmespath: (value, path) => String(path).split(".").reduce((found, key) => (found == null ? null : found[key]), value),
    });
  };
  const focus = (items, index) => {
    const item = items[index];
    assign(globalThis, {
      item, $item: item, $json: item ? item.json : {}, $binary: (item && item.binary) || {}, $itemIndex: index, $position: index,
      $input: { all: () => items, first: () => items[0], last: () => items[items.length - 1], item, params: {}, context: {} },
    });
  };

  const fail = (message, item) => { const error = new Error(message); error.place = item; error.own = true; throw error; };
  const isObject = (value) => typeof value === "object" && value !== null && !isArray(value);
  const asItem = (value, index) => {
    if (!isObject(value)) fail(`Code must return objects; entry ${index} is ${value === null ? "null" : typeof value}.`, index);
    if (!("json" in value)) return { json: value };
    if (!isObject(value.json)) fail(`Code must return objects; the json of entry ${index} is not an object.`, index);
    const item = { json: value.json };
    if (isObject(value.binary)) item.binary = value.binary;
    const paired = value.paired_item !== undefined ? value.paired_item : value.pairedItem;
    if (paired !== undefined) item.paired_item = pairs(paired);
    return item;
  };
  const pairs = (paired) => (isArray(paired) ? paired : [paired])
    .map((pair) => (typeof pair === "number" ? { item: pair } : pair))
    .filter((pair) => isObject(pair) && Number.isInteger(pair.item) && pair.item >= 0)
    .map((pair) => ({ item: pair.item, input: Number.isInteger(pair.input) && pair.input >= 0 ? pair.input : 0 }));
  const asItems = (value) => {
    if (isArray(value)) return value.map(asItem);
    if (isObject(value)) return [asItem(value, 0)];
    return fail("Code must return an array of items or an object. Did you forget “return”?");
  };

  const describe = (error) => {
    const isError = error instanceof Error;
    const stack = isError && typeof error.stack === "string" ? error.stack : "";
    const frame = stack.match(/<input>:(\d+)(?::(\d+))?/) || stack.match(/:(\d+)(?::(\d+))?\)?\s*$/m);
    if (error === null) return { ok: false, code: "code_out_of_memory", message: "The code used more memory than it may." };
    const found = { ok: false, code: "code_error", message: isError ? `${error.name}: ${error.message}` : show(error) };
    if (isError && error.name === "Error") found.message = error.message;
    if (frame && !(isError && error.own)) { found.line = Math.max(1, Number(frame[1]) - HEADER_LINES); if (frame[2]) found.column = Number(frame[2]); }
    if (isError && error.name === "InternalError" && /out of memory/.test(error.message)) found.code = "code_out_of_memory";
    if (isError && error.name === "InternalError" && /interrupted/.test(error.message)) found.code = "code_timeout";
    if (isError && Number.isInteger(error.place)) found.item = error.place;
    return found;
  };

  const runAll = async (work, items) => { focus(items, 0); return asItems(await work()); };
  const runEach = async (work, items) => {
    const made = [];
    for (let index = 0; index < items.length; index++) {
      focus(items, index);
      const value = await work();
      if (value === null) continue;
      if (!isObject(value)) fail("Code that runs for each item must return one object, or null to drop the item.", index);
      const item = asItem(value, index);
      if (!item.paired_item) item.paired_item = [{ item: index, input: 0 }];
      made.push(item);
    }
    return made;
  };

  globalThis.__start = (source, mode, itemsText, contextText, logLimit) => {
    state.logLimit = logLimit;
    try {
      const items = parse(itemsText);
      globalsFor(items, parse(contextText));
      const work = new AsyncFunction(source);
      const run = mode === "each_item" ? runEach : runAll;
      run(work, items).then(
        (made) => { state.items = made; state.done = true; },
        (error) => { state.error = describe(error); state.done = true; },
      );
    } catch (error) { state.error = describe(error); state.done = true; }
  };
  globalThis.__finish = () => {
    if (state.skipped) state.logs.push(["warning", `${state.skipped} lines skipped`]);
    if (!state.done) return stringify({ ok: false, code: "code_error", message: "The code waits for a promise that never settles." });
    if (state.error) return stringify(state.error);
    let items, statics;
    try { items = stringify(state.items); statics = stringify(state.asked); } catch (error) { return stringify(describe(error)); }
    return stringify({ ok: true, items, statics, logs: state.logs });
  };
})();
