// The world of expressions that are more than tier 1 holds: the roots, evaluation item by item, and the way out.
// Intrinsics are taken aside first, so that a script which changes them changes nothing for the border.
(() => {
  "use strict";
  const { parse, stringify } = JSON;
  const { isArray } = Array;
  const { defineProperty, getOwnPropertyNames } = Object;
  const evaluate = globalThis.eval;
  const moment = globalThis.__moment;
  // The lines of this file come after as many empty ones, so that those of a script can be told apart.
  const OWN_LINES = globalThis.__lines;
  const CHANGES = /\b(?:push|pop|shift|unshift|splice|sort|reverse|fill|copyWithin|assign|delete|defineProper\w+|set\w*)\b|(?:\.\s*[\w$]+|\])\s*(?:\+\+|--|(?:[-+*/%&|^]|\*\*|<<|>>>?|&&|\|\||\?\?)?=(?![=>]))|(?:\+\+|--)\s*[\w$]+\s*[.[]/;
  const world = { items: [], nodes: {} };
  const current = { index: 0, copies: false, lent: new Map() };
  const state = { rows: [], prepared: [], count: 0, next: 0, waiting: 0, clean: () => {} };

  // A script that may change what it is lent gets a copy, the same one each time that it asks.
  const lend = (value) => {
    if (!current.copies || value === null || typeof value !== "object") return value;
    if (!current.lent.has(value)) current.lent.set(value, parse(stringify(value)));
    return current.lent.get(value);
  };
  const lendAll = (list) => {
    if (!current.copies) return list;
    if (!current.lent.has(list)) current.lent.set(list, list.map(lend));
    return current.lent.get(list);
  };
  const known = (code, message) => { const error = new Error(message); error.own = code; return error; };
  const whole = (value) => (typeof value === "number" && value >= 0 && value === Math.floor(value) ? value : null);

  const input = () => ({
    all: () => lendAll(world.items), first: () => lend(world.items[0]), last: () => lend(world.items[world.items.length - 1]),
    get item() { return lend(world.items[current.index]); }, get params() { return lend(world.parameters); },
    toJSON: () => world.items,
  });
  const entry = (view) => { if (view.not_run) throw known("node_not_found", view.not_run); return view; };
  const items = (view, positions) => (positions || []).map((at) => lend(view.pool[at]));
  const output = (view, port, run) => {
    entry(view);
    const outputs = run === undefined ? view.outputs : (view.runs || [])[run];
    if (outputs === undefined) throw known("node_not_found", `The node “${view.name}” has no run ${run}.`);
    if (typeof port === "number") return items(view, whole(port) === null ? [] : outputs[port]);
    return items(view, outputs.find((positions) => positions.length));
  };
  const paired = (view, index) => {
    if (whole(index) === null) throw known("lineage_lost", `The position of an item must be a whole number from 0, to find it in “${view.name}”.`);
    const found = (view.paired || [])[index];
    if (typeof found === "number") return lend(view.pool[found]);
    throw known(found ? found[0] : "lineage_lost", found ? found[1] : `No connection leads back to “${view.name}” from here.`);
  };
  const pairedOrFirst = (view) => {
    try { return paired(view, current.index); } catch (error) {
      const first = output(view)[0];
      if (first === undefined) throw error;
      return first;
    }
  };
  const node = (given) => {
    const name = String(given);
    const view = world.nodes[name];
    if (!view) throw known("node_not_found", `There is no node called “${name}” in this workflow.`);
    if (view.missing) throw known("node_not_found", view.missing);
    const matching = (index = 0) => paired(view, index);
    return {
      all: (port) => output(view, port), first: (port) => output(view, port)[0],
      last: (port) => { const found = output(view, port); return found[found.length - 1]; },
      itemMatching: matching, pairedItem: matching, isExecuted: view.executed,
      get item() { return paired(view, current.index); },
      get json() { return pairedOrFirst(view).json; },
      get binary() { return pairedOrFirst(view).binary || {}; },
      get params() { return lend(view.params); },
      get runIndex() { return entry(view).run_index; },
      get context() { return lend(entry(view).context); },
      toJSON: () => output(view),
    };
  };
  const itemsOf = (name, port, run) => {
    if (name === undefined) return lendAll(world.items);
    const view = world.nodes[String(name)];
    if (!view || view.missing) node(name);
    return output(view, port, run);
  };
  const execution = () => {
    const tags = world.execution.customData || {};
    const idempotencyKey = `${world.execution.idempotencyKey}:${current.index}`;
    return { ...world.execution, idempotencyKey, customData: { ...tags, get: (key) => tags[key], getAll: () => ({ ...tags }) } };
  };
  const here = () => lend(world.items[current.index]) || { json: {} };
  const ROOTS = {
    $json: () => here().json, $binary: () => here().binary || {}, $item: here,
    $input: input, $items: () => itemsOf, $: () => node,
    $node: () => new Proxy({}, { get: (_, name) => (typeof name === "string" ? node(name) : undefined) }),
    $itemIndex: () => current.index, $position: () => current.index, $runIndex: () => world.run_index,
    $workflow: () => lend(world.workflow), $execution: execution, $trigger: () => lend(world.trigger),
    $vars: () => lend(world.vars), $env: () => lend(world.env), $prevNode: () => lend(world.previous),
    $parameter: () => lend(world.parameters), $mode: () => world.mode,
    $now: () => moment(world.now), $today: () => moment(world.now).startOf("day"),
  };

  const compile = (text) => {
    // Between these two brackets only one expression can stand, whatever brackets it closes itself.
    evaluate(`(function () { return [\n${text}\n] })`);
    return evaluate(`(function () { return (\n${text}\n) })`);
  };
  const program = (text) => { const whole = `${text}\n;`; evaluate(`(function () {\n${whole}\n})`); return () => evaluate(whole); };
  const ATTEMPTS = [["lenient", compile, 1], ["source", compile, 1], ["source", program, 0]];
  const prepare = (script) => {
    let first = null;
    for (const [which, make, header] of ATTEMPTS) {
      try {
        return { work: make(script[which]), lenient: which === "lenient", header, text: script.as_text, copies: CHANGES.test(script.source) };
      } catch (error) { if (which === "source" && first === null) first = place(error, { header: 1, lenient: false }); }
    }
    return { failed: { ...first, code: "expression_syntax_error" } };
  };

  const place = (error, made) => {
    const isError = error instanceof Error;
    const found = { code: "expression_failed", message: isError ? String(error.message) : describe(error), lenient: made.lenient };
    if (isError && typeof error.own === "string") found.code = error.own;
    if (error === null || (isError && (error.name === "InternalError" || /call stack|stack overflow/.test(error.message)))) found.code = "expression_too_costly";
    if (error === null) found.message = "The expression uses more memory than it may.";
    const frames = isError && typeof error.stack === "string" ? error.stack.matchAll(/<input>:(\d+):(\d+)/g) : [];
    const frame = [...frames].map((one) => [Number(one[1]), Number(one[2])]).find(([line]) => line > made.header && line < OWN_LINES);
    if (frame) { found.line = frame[0] - made.header; found.column = frame[1]; }
    return found;
  };
  const describe = (value) => {
    try { const text = typeof value === "string" ? value : stringify(value); return text === undefined ? String(value) : text; } catch { return "The expression threw a value."; }
  };
  const outcome = (value, made) => {
    if (made.text) return { value: value === null || value === undefined ? "" : typeof value === "object" ? `${value}` : String(value) };
    if (typeof value === "bigint") throw known("expression_failed", "A BigInt has no form as JSON. Use Number() or String().");
    const json = stringify(value);
    return { value: json === undefined ? null : parse(json) };
  };
  const settle = (row, at, made) => (work) => {
    try { row[at] = { ...work() }; } catch (error) { row[at] = { error: place(error, made) }; }
    state.waiting -= 1;
  };
  const runOne = (made, row, at) => {
    if (made.failed) { row[at] = { error: made.failed }; return; }
    try {
      current.copies = made.copies;
      current.lent = new Map();
      const value = made.work.call(undefined);
      if (value === null || typeof value !== "object" || typeof value.then !== "function") { row[at] = outcome(value, made); return; }
      row[at] = { error: { code: "expression_failed", message: "The expression waits for a promise that never settles." } };
      state.waiting += 1;
      const done = settle(row, at, made);
      value.then((settled) => done(() => outcome(settled, made)), (error) => done(() => { throw error; }));
    } catch (error) { row[at] = { error: place(error, made) }; }
  };

  globalThis.__compile = (text) => {
    const answers = parse(text).map((script) => { const made = prepare(script); return made.failed || null; });
    return stringify(answers);
  };
  globalThis.__start = (scriptsText, worldText, count) => {
    const prepared = parse(scriptsText).map(prepare);
    Object.assign(world, parse(worldText));
    for (const [name, make] of Object.entries(ROOTS)) {
      defineProperty(globalThis, name, { get: make, set() {}, configurable: true });
    }
    const own = new Set(getOwnPropertyNames(globalThis));
    state.clean = () => { for (const name of getOwnPropertyNames(globalThis)) if (!own.has(name)) delete globalThis[name]; };
    state.prepared = prepared;
    state.count = Number(count);
  };
  // Goes on until all is done, or a script waits: then what it waits for comes first, and the roots stay its own.
  globalThis.__go = () => {
    const { prepared, rows, count } = state;
    while (state.next < count * prepared.length) {
      const at = state.next % prepared.length;
      current.index = (state.next - at) / prepared.length;
      if (at === 0) rows.push([]);
      state.next += 1;
      const waiting = state.waiting;
      runOne(prepared[at], rows[current.index], at);
      if (state.waiting > waiting) return "waiting";
      state.clean();
    }
    return "done";
  };
  globalThis.__finish = () => stringify({ ok: true, rows: state.rows });
})();
