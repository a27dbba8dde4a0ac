/**
 * Lists every text of the front end that is shown through `_("…")` and `_n("…", "…", count)` of lib/i18n, as JSON:
 * [{ "one", "many", "files" }], in the order of the texts. Read from the syntax tree, so nothing in TSX is missed.
 * A text that is no plain string cannot be translated: its place is named and the run fails.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import ts from "typescript";

const SOURCE = join(import.meta.dirname, "..", "src");
const TEXTS = { _: 1, _n: 2 };

const found = new Map();
const faults = [];

for (const name of readdirSync(SOURCE, { recursive: true }).sort()) {
  if (!/\.tsx?$/.test(name) || /\.test\.tsx?$/.test(name)) continue;
  const file = ts.createSourceFile(name, readFileSync(join(SOURCE, name), "utf8"), ts.ScriptTarget.Latest, true);
  const names = importedNames(file);
  if (names.size > 0) visit(file, file, names);
}

if (faults.length > 0) {
  console.error(faults.join("\n"));
  process.exit(1);
}
const texts = [...found.values()].sort((one, other) => (one.one < other.one ? -1 : 1));
console.log(JSON.stringify(texts.map(({ one, many, files }) => ({ one, many, files: [...files] }))));

/** What the file calls `_` and `_n`; `_` alone is also a name for what is not used. */
function importedNames(file) {
  const names = new Map();
  for (const statement of file.statements) {
    if (!ts.isImportDeclaration(statement) || !/\/i18n$/.test(statement.moduleSpecifier.text)) continue;
    const bindings = statement.importClause?.namedBindings;
    if (!bindings || !ts.isNamedImports(bindings)) continue;
    for (const element of bindings.elements) {
      const count = TEXTS[(element.propertyName ?? element.name).text];
      if (count) names.set(element.name.text, count);
    }
  }
  return names;
}

function visit(node, file, names) {
  if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && names.has(node.expression.text)) note(node, file, names.get(node.expression.text));
  ts.forEachChild(node, (child) => visit(child, file, names));
}

function note(call, file, count) {
  const texts = call.arguments.slice(0, count).map(textOf);
  if (texts.length < count || texts.includes(undefined)) {
    const { line } = file.getLineAndCharacterOfPosition(call.getStart());
    faults.push(`src/${file.fileName}:${line + 1}: what is to be translated must be a plain string`);
    return;
  }
  const [one, many = ""] = texts;
  const known = found.get(one) ?? { one, many, files: new Set() };
  known.many ||= many;
  known.files.add(`frontend/src/${relative(SOURCE, join(SOURCE, file.fileName))}`);
  found.set(one, known);
}

/** A string without parts; several joined by + are one. */
function textOf(node) {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (!ts.isBinaryExpression(node) || node.operatorToken.kind !== ts.SyntaxKind.PlusToken) return undefined;
  const [left, right] = [textOf(node.left), textOf(node.right)];
  return left === undefined || right === undefined ? undefined : left + right;
}
