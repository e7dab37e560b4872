// templates.mjs - compiles web/templates/*.html to C functions that append to a `struct buf` and escape by themselves.
//
//     node tools/templates.mjs c IN.html OUT.c            one file's templates
//     node tools/templates.mjs header OUT.h ALL.html...   their prototypes
//
// {% include "http/page.h" %}                     the types that signatures need
// {% template NAME(const struct x *view) %} ... {% endtemplate %}    void tpl_NAME(struct buf *b, const struct x *view)
// {{ expression }}                                written with the escaper that its place in the HTML asks for (html_state.mjs)
// {% if x %} {% elif y %} {% else %} {% end %}    {% for (init; test; step) %} {% end %}
// {% let struct str name = value %}               a local
// {% call NAME(arguments) %}                      tpl_NAME(b, arguments)
// {% wrap NAME(arguments) %} body {% end %}       around a layout: a template with one {% body %}, compiled to _open and _close
// {# remark #}                                    for readers of the template only
//
// What a person reads - text between elements, title, aria-label, placeholder, alt - is offered for translation by itself: a run
// of text and expressions up to the next tag or directive is one message with the expressions as {name} (base/lang.h).
// translate="no" on an element keeps its content out; so do <code>, <kbd> and <pre>. Messages are numbers here, hashes of their
// English, so that a page in English is written as it stands.
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { HtmlError, HtmlState } from './html_state.mjs';
import { message_key } from './lang.mjs';

const LITERAL_MAX = 4000; // C99 promises 4095 bytes a literal (-Woverlength-strings)
const WORDS = { text: 'html_words', attr: 'html_words_attr' };
const ENTITIES = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: '\u00a0' };
const ESCAPERS = {
    text: 'html_text', attr: 'html_attr', json: 'html_json', json_attr: 'html_json_attr', style: 'html_style',
    url_start: 'html_url', url_part: 'html_url_part',
};

export class TemplateError extends Error {
    constructor(file, line, message) { super(`${file}:${line}: ${message}`); }
}

/* ---- Tokens: text, {{ }}, {% %}; {# #} vanishes ------------------------------------------------------------------------ */

const CLOSERS = { '{{': '}}', '{%': '%}', '{#': '#}' };

/* Index of `closer` from `at` on, past C string and character literals. */
function closer_index(source, at, closer) {
    let quote = '';
    for (let i = at; i < source.length; i++) {
        const c = source[i];
        if (quote) {
            if (c === '\\') i++;
            else if (c === quote || c === '\n') quote = '';
        } else if (source.startsWith(closer, i)) return i;
        else if ((c === '"' || c === "'") && closer !== '#}') quote = c;
    }
    return -1;
}

function tokenize(source, file) {
    const tokens = [];
    let at = 0, line = 1;
    const count = (text) => { for (const c of text) if (c === '\n') line++; };
    while (at < source.length) {
        const rest = /\{[{%#]/g;
        rest.lastIndex = at;
        const open = rest.exec(source);
        const end = open ? open.index : source.length;
        if (end > at) tokens.push({ kind: 'text', text: source.slice(at, end), line });
        count(source.slice(at, end));
        if (!open) break;
        const closer = CLOSERS[open[0]];
        const close = closer_index(source, end + 2, closer);
        if (close < 0) throw new TemplateError(file, line, `${open[0]} is not closed by ${closer}`);
        const kind = { '{{': 'expression', '{%': 'directive', '{#': 'remark' }[open[0]];
        tokens.push({ kind, text: source.slice(end + 2, close).trim(), line });
        count(source.slice(end, close + 2));
        at = close + 2;
    }
    return mark_own_lines(tokens);
}

/* A directive alone on its line takes the line with it: the text around it says how many characters belong to that line. */
function mark_own_lines(tokens) {
    tokens.forEach((token, i) => {
        if (token.kind === 'text' || token.kind === 'expression') return;
        const before = i === 0 ? '\n' : tokens[i - 1].kind === 'text' ? tokens[i - 1].text : null;
        const after = i + 1 === tokens.length ? '\n' : tokens[i + 1].kind === 'text' ? tokens[i + 1].text : null;
        const lead = before === null ? null : /(^|\n)([ \t]*)$/.exec(before);
        const trail = after === null ? null : /^[ \t]*(\r?\n[ \t]*|$)/.exec(after);
        if (!lead || !trail || (lead[1] === '' && i > 1)) return;
        if (i > 0) tokens[i - 1].tail = lead[2].length;
        if (i + 1 < tokens.length) tokens[i + 1].head = trail[0].length;
    });
    return tokens.filter((t) => t.kind !== 'remark');
}

/* ---- Tree ---------------------------------------------------------------------------------------------------------------- */

const CALL = /^([a-z_][a-z0-9_]*)\s*\(([\s\S]*)\)$/;
const LET = /^[A-Za-z_][\s\S]*[\s*][A-Za-z_]\w*(\[\w*\])?\s*=[^=]/;
const FOR = /^\([\s\S]*;[\s\S]*;[\s\S]*\)$/;

class Parser {
    constructor(source, file) {
        this.file = file;
        this.tokens = tokenize(source, file);
        this.at = 0;
        this.includes = [];
        this.templates = [];
    }

    fail(token, message) { throw new TemplateError(this.file, token.line, message); }

    parse() {
        while (this.at < this.tokens.length) {
            const token = this.tokens[this.at++];
            if (token.kind === 'text' && token.text.trim() === '') continue;
            if (token.kind !== 'directive') this.fail(token, 'text outside a template');
            const [word, rest] = split_word(token.text);
            if (word === 'include') {
                if (!/^"[^"\\]+"$/.test(rest)) this.fail(token, 'include takes a header in double quotes');
                this.includes.push(rest);
            } else if (word === 'template') this.templates.push(this.template(token, rest));
            else this.fail(token, `'${word}' outside a template`);
        }
        return this;
    }

    template(token, rest) {
        const match = CALL.exec(rest);
        if (!match) this.fail(token, 'a template is written as NAME(parameters)');
        const [, name, params] = match;
        const names = parameter_names(params);
        if (names === null) this.fail(token, `cannot read the parameters of ${name}`);
        for (const own of ['b', 'lang'])
            if (names.includes(own)) this.fail(token, `a parameter named '${own}' would hide what every template has`);
        const { nodes } = this.nodes(token, ['endtemplate']);
        const bodies = nodes.filter((n) => n.kind === 'body');
        if (bodies.length > 1) this.fail(bodies[1], `${name} contains {% body %} twice`);
        const written = params.trim() === 'void' ? '' : params.trim();
        return { name, params: written, names, nodes, layout: bodies.length === 1, line: token.line };
    }

    /* Up to a directive whose word is in `ends`. */
    nodes(opener, ends) {
        const nodes = [];
        while (this.at < this.tokens.length) {
            const token = this.tokens[this.at++];
            if (token.kind !== 'directive') { nodes.push(token); continue; }
            const [word, rest] = split_word(token.text);
            if (ends.includes(word)) return { nodes, word, rest, token };
            if (word === 'endtemplate') break;
            nodes.push(this.directive(token, word, rest, ends));
        }
        return this.fail(opener, `'${split_word(opener.text)[0]}' is not closed by '${ends[ends.length - 1]}'`);
    }

    directive(token, word, rest, ends) {
        const line = token.line;
        const need = () => { if (!rest) this.fail(token, `'${word}' needs something behind it`); };
        switch (word) {
        case 'let':
            if (!LET.test(rest)) this.fail(token, 'let is written as TYPE NAME = VALUE');
            return { kind: 'let', code: rest, line };
        case 'call': case 'wrap': {
            const match = CALL.exec(rest);
            if (!match || !balanced(match[2])) this.fail(token, `${word} is written as NAME(arguments)`);
            const node = { kind: word, name: match[1], args: match[2].trim(), line };
            if (word === 'wrap') node.nodes = this.nodes(token, ['end']).nodes;
            return node;
        }
        case 'for':
            if (!FOR.test(rest) || !balanced(rest)) this.fail(token, 'for is written as (init; test; step)');
            return { kind: 'for', code: rest, nodes: this.nodes(token, ['end']).nodes, line };
        case 'if': need(); return this.branches(token, rest);
        case 'body':
            if (ends[0] !== 'endtemplate') this.fail(token, '{% body %} must stand outside of if, for and wrap');
            return { kind: 'body', line };
        default: return this.fail(token, `unknown or misplaced directive '${word}'`);
        }
    }

    branches(opener, condition) {
        const node = { kind: 'if', branches: [], otherwise: null, line: opener.line };
        let line = opener.line;
        for (;;) {
            if (!balanced(condition)) this.fail({ line }, 'unbalanced brackets in a condition');
            const part = this.nodes(opener, ['elif', 'else', 'end']);
            node.branches.push({ condition, nodes: part.nodes, line });
            if (part.word === 'end') return node;
            if (part.word === 'else') {
                node.otherwise = this.nodes(opener, ['end']).nodes;
                return node;
            }
            if (!part.rest) this.fail(part.token, "'elif' needs a condition");
            condition = part.rest;
            line = part.token.line;
        }
    }
}

function split_word(text) {
    const match = /^(\w*)\s*([\s\S]*)$/.exec(text);
    return [match[1], match[2].trim()];
}

/* True where brackets outside of literals pair up. */
function balanced(code) {
    const bare = code.replace(/"(\\.|[^"\\])*"|'(\\.|[^'\\])*'/g, '');
    const open = [];
    for (const c of bare) {
        if ('([{'.includes(c)) open.push(c);
        else if (')]}'.includes(c) && open.pop() !== { ')': '(', ']': '[', '}': '{' }[c]) return false;
    }
    return open.length === 0;
}

function parameter_names(params) {
    if (/^(void)?\s*$/.test(params)) return [];
    const names = params.split(',').map((p) => /[\s*]([A-Za-z_]\w*)\s*(\[\w*\])?\s*$/.exec(p)?.[1]);
    return names.some((n) => !n) ? null : names;
}

/* ---- C ------------------------------------------------------------------------------------------------------------------- */

export function c_string(text) {
    const escape = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '"': '\\"', '\\': '\\\\', '?': '\\?' };
    return '"' + text.replace(/[\n\r\t"\\?]/g, (c) => escape[c]) + '"';
}

/* Text of HTML as a person reads it. */
function decoded(html) {
    return html.replace(/[ \t\r\n]+/g, ' ').replace(/&(\w+);/g, (whole, name) => ENTITIES[name] ?? whole);
}

/* What a translator reads for each expression: its last name, with a number where two would be called alike. */
function value_names(codes) {
    const used = new Map();
    return codes.map((code) => {
        const name = /([A-Za-z]\w*)\W*$/.exec(code.replace(/\([^()]*\)\s*$/, ''))?.[1] ?? 'value';
        used.set(name, (used.get(name) ?? 0) + 1);
        return used.get(name) === 1 ? name : `${name}${used.get(name)}`;
    });
}

function literal_pieces(text) {
    const pieces = [];
    let piece = '', bytes = 0;
    for (const c of text) {
        const size = Buffer.byteLength(c);
        if (bytes + size > LITERAL_MAX) { pieces.push(piece); piece = ''; bytes = 0; }
        piece += c;
        bytes += size;
    }
    if (piece) pieces.push(piece);
    return pieces;
}

class Generator {
    constructor(parsed) {
        this.parsed = parsed;
        this.file = parsed.file;
        this.lines = [];
        this.text = '';
        this.run = [];      // text for people that is not closed yet: strings, and expressions { code, escaper, line }
        this.messages = []; // what was offered for translation: { text, line }
        this.spoken = new Set(); // expressions that write for people
        this.line = 1;
        this.depth = 1;
    }

    put(code) { this.lines.push('    '.repeat(this.depth) + code); }

    at(line) { this.lines.push(`#line ${line} ${c_string(this.file)}`); }

    /* Static pieces of HtmlState. */
    add(pieces, line) {
        for (const { text, words } of pieces) {
            if (words) {
                if (!this.run.length) this.line = line;
                this.run.push(text);
            } else {
                this.end_run();
                this.text += text;
            }
        }
    }

    /* White space around a message is no part of it; a run without a letter is none. */
    end_run() {
        const run = this.run;
        this.run = [];
        if (!run.some((part) => typeof part === 'string' && /\p{L}{2}/u.test(part.replace(/&\w+;/g, '')))) {
            for (const part of run) this.part(part);
            return;
        }
        const edge = (part, pattern) => (typeof part === 'string' ? pattern.exec(part)[0] : '');
        const head = edge(run[0], /^\s*/);
        if (head) run[0] = run[0].slice(head.length);
        const last = run.length - 1, tail = edge(run[last], /\s*$/);
        if (tail) run[last] = run[last].slice(0, -tail.length);
        this.text += head;
        this.message(run.filter((part) => part !== ''));
        this.text += tail;
    }

    part(part) {
        if (typeof part === 'string') this.text += part;
        else this.plain(part.line, `${part.escaper}(b, (${part.code}));`);
    }

    message(parts) {
        const values = parts.filter((part) => typeof part !== 'string');
        const names = value_names(values.map((v) => v.code));
        let nth = 0;
        const text = parts.map((part) => (typeof part === 'string' ? decoded(part) : `{${names[nth++]}}`)).join('');
        this.messages.push({ text, line: this.line });
        const key = message_key(text);
        if (!values.length) {
            this.flush();
            this.put(`lang_html(b, lang, ${key}, STR(${c_string(parts.join(''))}));`);
            return;
        }
        this.flush();
        this.block('{', () => {
            this.put(`const char *lang_said = lang ? lang_message(lang, ${key}) : NULL;`);
            this.put('for (int lang_place; lang_said && (lang_place = lang_piece(b, &lang_said)) != 0;) {');
            values.forEach((v, i) => this.plain(v.line, `if (lang_place == ${i + 1}) ${v.escaper}(b, (${v.code}));`));
            this.put('}');
            this.block('if (!lang_said) {', () => parts.forEach((part) => this.part(part)));
        });
    }

    plain(line, code) {
        this.flush();
        this.at(line);
        this.put(code);
    }

    flush() {
        for (const piece of literal_pieces(this.text)) this.put(`buf_lit(b, ${c_string(piece)});`);
        this.text = '';
    }

    statement(line, code) {
        this.end_run();
        this.plain(line, code);
    }

    guarded(line, work) {
        try { return work(); } catch (e) {
            if (e instanceof HtmlError) throw new TemplateError(this.file, line, e.message);
            throw e;
        }
    }

    nodes(nodes, state) {
        for (const node of nodes) state = this.node(node, state);
        return state;
    }

    node(node, state) {
        if (node.kind === 'text') {
            try { this.add(state.feed(node.text, node.line, node.head, node.tail), node.line); } catch (e) {
                if (e instanceof HtmlError) throw new TemplateError(this.file, state.line, e.message);
                throw e;
            }
            return state;
        }
        return this.guarded(node.line, () => {
            this.settle(state, node.line);
            switch (node.kind) {
            case 'expression': return this.expression(node, state);
            case 'let': this.statement(node.line, `${node.code};`); return state;
            case 'call': return this.call(node, state);
            case 'wrap': return this.wrap(node, state);
            case 'for': return this.loop(node, state);
            case 'if': return this.branches(node, state);
            default: throw new Error(`node ${node.kind}`);
            }
        });
    }

    expression(node, state) {
        if (!node.text) throw new HtmlError('an empty expression');
        if (!balanced(node.text)) throw new HtmlError('unbalanced brackets in an expression');
        const place = state.expression();
        if (state.saysWords && WORDS[place]) {
            if (!this.run.length) this.line = node.line;
            this.spoken.add(node);
            this.run.push({ code: node.text, escaper: WORDS[place], line: node.line });
        } else {
            this.statement(node.line, `${ESCAPERS[place]}(b, (${node.text}));`);
        }
        return state;
    }

    settle(state, line) {
        const text = state.settle();
        this.add(text ? [{ text, words: state.saysWords && /^\s*$/.test(text) }] : [], line);
    }

    needs_text(node, state) {
        if (state.mode !== 'text' || state.raw) throw new HtmlError(`'${node.kind}' is only possible between elements`);
        state.afterSpace = false;
    }

    call(node, state) {
        this.needs_text(node, state);
        this.statement(node.line, `tpl_${node.name}(b${node.args ? `, ${node.args}` : ''});`);
        return state;
    }

    wrap(node, state) {
        this.needs_text(node, state);
        const args = node.args ? `, ${node.args}` : '';
        this.statement(node.line, `tpl_${node.name}_open(b${args});`);
        this.block('{', () => {
            const inner = new HtmlState();
            this.nodes(node.nodes, inner).finish(0);
        });
        this.statement(node.line, `tpl_${node.name}_close(b${args});`);
        return state;
    }

    block(opener, work) {
        this.put(opener);
        this.depth++;
        work();
        this.end_run();
        this.flush();
        this.depth--;
        this.put('}');
    }

    loop(node, state) {
        this.end_run();
        this.flush();
        this.at(node.line);
        let end;
        this.block(`for ${node.code} {`, () => {
            const inner = state.clone();
            inner.afterSpace = false;
            end = this.nodes(node.nodes, inner);
            this.settle(end, node.line);
        });
        return HtmlState.loop(state, end);
    }

    branches(node, state) {
        const ends = [];
        const run = (nodes) => {
            const end = this.nodes(nodes, state.clone());
            this.settle(end, node.line);
            ends.push(end);
        };
        this.end_run();
        this.flush();
        node.branches.forEach((branch, i) => {
            this.at(branch.line);
            this.block(`${i ? 'else ' : ''}if (${branch.condition}) {`, () => run(branch.nodes));
        });
        if (node.otherwise) this.block('else {', () => run(node.otherwise));
        else ends.push(state);
        return HtmlState.merge(ends);
    }

    template(template) {
        const cut = template.nodes.findIndex((n) => n.kind === 'body');
        let state = new HtmlState();
        const part = (suffix, nodes, last) => {
            this.at(template.line);
            this.lines.push(`${prototype(template, suffix)}`, '{');
            this.put('const struct lang *lang = arena_lang(b->arena);');
            for (const name of ['lang', ...template.names]) this.put(`(void)${name};`);
            state = this.nodes(nodes, state);
            this.guarded(last ? last.line : state.line, () => {
                if (last) { this.settle(state, last.line); this.needs_text(last, state); } else state.finish(0);
            });
            this.end_run();
            this.flush();
            this.lines.push('}', '');
        };
        if (template.layout) {
            part('_open', template.nodes.slice(0, cut), template.nodes[cut]);
            part('_close', template.nodes.slice(cut + 1), null);
        } else part('', template.nodes, null);
    }

    file_text() {
        this.lines.push('/* Made by tools/templates.mjs. */', '#include "templates.h"', '');
        this.parsed.templates.forEach((t) => this.template(t));
        return this.lines.join('\n') + '\n';
    }
}

function prototype(template, suffix) {
    return `void tpl_${template.name}${suffix}(struct buf *b${template.params ? `, ${template.params}` : ''})`;
}

/* ---- Entry points ---------------------------------------------------------------------------------------------------------- */

export function compile(source, file) {
    const parsed = new Parser(source, file).parse();
    return new Generator(parsed).file_text();
}

/* What a file offers for translation: its messages, and the code of its expressions and directives for strings.mjs. */
export function offered(source, file) {
    const parsed = new Parser(source, file).parse();
    const generator = new Generator(parsed);
    generator.file_text();
    const code = parsed.tokens.filter((t) => t.kind !== 'text')
        .map((t) => ({ kind: t.kind, text: t.text, line: t.line, words: generator.spoken.has(t) }));
    return { messages: generator.messages, code };
}

export function header(files) {
    const includes = new Set(['"base/html.h"']);
    const prototypes = [];
    const seen = new Map();
    for (const { source, file } of files) {
        const parsed = new Parser(source, file).parse();
        parsed.includes.forEach((i) => includes.add(i));
        for (const t of parsed.templates) {
            const other = seen.get(t.name);
            if (other) throw new TemplateError(file, t.line, `template ${t.name} is already in ${other}`);
            seen.set(t.name, file);
            for (const suffix of t.layout ? ['_open', '_close'] : ['']) prototypes.push(`${prototype(t, suffix)};`);
        }
    }
    return ['/* Made by tools/templates.mjs: every page and part as a function. */', '#ifndef TEMPLATES_H',
        '#define TEMPLATES_H', '', ...[...includes].map((i) => `#include ${i}`), '', ...prototypes, '', '#endif', ''].join('\n');
}

function main(args) {
    const read = (file) => ({ source: fs.readFileSync(file, 'utf8'), file });
    const write = (file, text) => {
        fs.mkdirSync(path.dirname(file), { recursive: true });
        fs.writeFileSync(file, text);
    };
    if (args[0] === 'c' && args.length === 3) {
        const { source, file } = read(args[1]);
        write(args[2], compile(source, file));
    } else if (args[0] === 'header' && args.length >= 2) write(args[1], header(args.slice(2).map(read)));
    else throw new Error('usage: templates.mjs c IN.html OUT.c | header OUT.h ALL.html...');
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
    try { main(process.argv.slice(2)); } catch (e) {
        process.stderr.write(`${e.message}\n`);
        process.exit(1);
    }
}
