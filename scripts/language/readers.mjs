// Reads what our sources say to people, for wuchale: its own readers, and what they pass over or should not look at.
import { Transformer } from 'wuchale/adapter-vanilla';
import { SAYING } from './said.mjs';

// The package does not name this part of it among its doors; its version is fixed in package.json.
const { SvelteTransformer } = await import(new URL('transformer.js', import.meta.resolve('@wuchale/svelte')).href);

/** Compared to decide something: never said, and never to be translated. */
const COMPARES = new Set(['===', '!==', '==', '!=', 'in', 'instanceof']);
const isText = (/** @type {any} */ node) => node.type === 'Literal' || node.type === 'TemplateLiteral';

/** Texts that parameters have where nothing is given. @param {any} pattern @returns {any[]} */
function defaultsIn(pattern) {
  switch (pattern?.type) {
    case 'AssignmentPattern':
      return [pattern.right, ...defaultsIn(pattern.left)];
    case 'ObjectPattern':
      return pattern.properties.flatMap((/** @type {any} */ property) => defaultsIn(property.value));
    case 'ArrayPattern':
      return pattern.elements.flatMap(defaultsIn);
    default:
      return [];
  }
}

/** Adds to either reader; its visitors are fields, so these are set behind them. @param {any} reader */
function mend(reader) {
  const { visit, visitAttribute, visitBinaryExpression, visitSwitchCase, visitMemberExpression, visitClassDeclaration } = reader;
  const { visitFunctionDeclaration, visitArrowFunctionExpression, visitFunctionExpression } = reader;
  const givenTo = (/** @type {any} */ node) => (node?.params ?? []).flatMap(defaultsIn).flatMap(visit);
  const inClass = (/** @type {any} */ { type, value }) =>
    type === 'PropertyDefinition' && value ? visit(value) : type === 'MethodDefinition' ? givenTo(value) : [];
  Object.assign(reader, {
    visitThrowStatement: (/** @type {any} */ node) => visit(node.argument),
    visitTSNonNullExpression: (/** @type {any} */ node) => visit(node.expression),
    visitImportExpression: () => [],
    visitFunctionDeclaration: (/** @type {any} */ node) => [...givenTo(node), ...visitFunctionDeclaration(node)],
    visitArrowFunctionExpression: (/** @type {any} */ node) => [...givenTo(node), ...visitArrowFunctionExpression(node)],
    visitFunctionExpression: (/** @type {any} */ node) => [...givenTo(node), ...visitFunctionExpression(node)],
    visitClassDeclaration: (/** @type {any} */ node) => [...visitClassDeclaration(node), ...node.body.body.flatMap(inClass)],
    visitProperty: (/** @type {any} */ node) => visit(node.value),
    // title="{name}: {isOpen ? 'Close it' : 'Open it'}" says something though nothing is said around it.
    visitAttribute: (/** @type {any} */ node) => {
      const msgs = visitAttribute(node);
      const isMixed = msgs.length === 0 && Array.isArray(node.value) && node.value.length > 1 && SAYING.has(node.name);
      return isMixed
        ? node.value.flatMap((/** @type {any} */ part) => (part.type === 'ExpressionTag' ? visit(part.expression) : []))
        : msgs;
    },
    visitBinaryExpression: (/** @type {any} */ node) =>
      COMPARES.has(node.operator) ? [node.left, node.right].filter((side) => !isText(side)).flatMap(visit) : visitBinaryExpression(node),
    visitSwitchCase: (/** @type {any} */ node) => visitSwitchCase(node.test && isText(node.test) ? { ...node, test: null } : node),
    visitMemberExpression: (/** @type {any} */ node) => (isText(node.property) ? visit(node.object) : visitMemberExpression(node)),
  });
  return reader;
}

/** What is written speaks from its first line on, constants of a module too; "mod" is asked by what a component's module says. */
const speaking = (/** @type {string} */ runtime) => `const _w_runtime_ = ${runtime};\nconst _w_runtime_mod_ = _w_runtime_;`;

/** Its output writes into what was read, so it is made once. @param {any} read @param {string} runtime */
function outputOnce({ msgs, output }, runtime) {
  /** @type {any} */
  let made;
  return { msgs, output: (/** @type {string} */ header) => (made ??= output(`${header}\n${speaking(runtime)}`)) };
}

/**
 * Makes wuchale's adapter read by them.
 * @param {any} adapter @param {{ heuristic: any, patterns: any }} options
 * @returns {any}
 */
export function readByUs(adapter, { heuristic, patterns }) {
  /** What was found is asked for once more when the same file is built. @type {Map<string, { content: string, read: any }>} */
  const known = new Map();
  return {
    ...adapter,
    async transform(/** @type {any} */ { content, filename, index, expr, matchUrl }) {
      const before = known.get(filename);
      if (before && before.content === content) return before.read;
      const Reader = filename.endsWith('.svelte') ? SvelteTransformer : Transformer;
      const reader = mend(new Reader(content, filename, index, heuristic, patterns, expr, adapter.runtime, matchUrl));
      const read = filename.endsWith('.svelte') ? reader.transformSv() : reader.transform();
      const once = outputOnce(await read, expr.plain);
      known.set(filename, { content, read: once });
      return once;
    },
  };
}
