// Reads Bicep files without the Bicep CLI: bicep.mjs FILE… prints {file: {errors, target, parameters, variables, resources, modules, outputs}}.
// Values are JSON where the source is literal; an expression is {"expression": "its source"}, a loop {"for": its source, "body": …} and what
// is deployed on a condition has "condition". Syntax only: types are the Bicep CLI's to check.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Language, Parser } from 'web-tree-sitter';

const grammar = createRequire(import.meta.url).resolve('tree-sitter-bicep/tree-sitter-bicep.wasm');

const named = (node) => node.namedChildren.filter(({ type }) => type !== 'comment' && type !== 'diagnostic_comment');
const child = (node, type) => named(node).find((item) => item.type === type);

function text(node) {
  return node.text.slice(1, -1).replace(/\\(['\\nrt$])/g, (_, c) => ({ n: '\n', r: '\r', t: '\t' })[c] ?? c);
}

const isLiteral = (node) => node.type === 'string' && !node.descendantsOfType('interpolation').length && node.text.startsWith("'") && !node.text.startsWith("'''");

function value(node) {
  if (isLiteral(node)) return text(node);
  switch (node.type) {
    case 'number':
      return Number(node.text);
    case 'boolean':
      return node.text === 'true';
    case 'null':
      return null;
    case 'array':
      return named(node).map(value);
    case 'object':
      return Object.fromEntries(named(node).filter(({ type }) => type === 'object_property').map(property));
    case 'for_statement':
      return { for: named(node).at(-2).text, body: value(named(node).at(-1)) };
    case 'if_statement':
      return { condition: named(node)[0].text, body: value(named(node).at(-1)) };
    default:
      return { expression: node.text };
  }
}

function property(node) {
  const [key, content] = named(node);
  return [isLiteral(key) ? text(key) : key.text, content ? value(content) : null];
}

function decorators(node) {
  const calls = node ? node.descendantsOfType('decorator').map((item) => child(item, 'call_expression')).filter(Boolean) : [];
  return Object.fromEntries(
    calls.map((call) => {
      const list = child(call, 'arguments');
      return [call.text.slice(0, call.text.indexOf('(')), list && named(list).length ? value(named(list)[0]) : true];
    }),
  );
}

function errors(node) {
  const here = node.type === 'ERROR' || node.isMissing ? [`line ${node.startPosition.row + 1}: ${node.isMissing ? `${node.type} is missing` : node.text.slice(0, 60)}`] : [];
  return [...here, ...node.children.flatMap(errors)];
}

/** A resource or a module: its symbol, its type or path, and its body without what wraps it. */
function deployed(node) {
  const [symbol, type] = named(node);
  const body = value(named(node).at(-1));
  const isExisting = node.children.some((item) => item.text === 'existing');
  return { symbol: symbol.text, type: text(type), existing: isExisting, ...(body.for ? { for: body.for } : {}), ...(body.condition ? { condition: body.condition } : {}), body: body.body ?? body };
}

const readers = {
  target_scope_assignment: (node, file) => (file.target = text(named(node)[0])),
  parameter_declaration: (node, file, decoration) => {
    const [symbol, type, preset] = named(node);
    file.parameters.push({ name: symbol.text, type: type.text, ...(preset ? { default: value(preset) } : {}), decorators: decoration });
  },
  variable_declaration: (node, file) => (file.variables[named(node)[0].text] = value(named(node).at(-1))),
  resource_declaration: (node, file) => file.resources.push(deployed(node)),
  module_declaration: (node, file) => file.modules.push(deployed(node)),
  output_declaration: (node, file, decoration) => file.outputs.push({ name: named(node)[0].text, type: named(node)[1].text, value: value(named(node).at(-1)), decorators: decoration }),
};

function read(parser, path) {
  const source = readFileSync(path, 'utf8');
  const { rootNode } = parser.parse(source);
  const file = { errors: errors(rootNode), target: 'resourceGroup', parameters: [], variables: {}, resources: [], modules: [], outputs: [], source };
  let before = null;
  if (!file.errors.length) {
    for (const node of named(rootNode)) {
      readers[node.type]?.(node, file, decorators(before));
      before = node.type === 'decorators' ? node : null;
    }
  }

  return file;
}

await Parser.init();
const parser = new Parser();
parser.setLanguage(await Language.load(grammar));
console.log(JSON.stringify(Object.fromEntries(process.argv.slice(2).map((path) => [path, read(parser, path)]))));
