// strings.mjs - every text of ours that a person may read, and whether po/ has it: node tools/strings.mjs [--update]
//
// Without an argument it says what is missing or wrong in each catalogue (lint does the same); --update (make strings) brings
// them to the sources: what is new is added with an empty translation, what nobody says any more goes, and build/tenon.pot is
// written for whoever begins another language. What counts as a text for people stands in CALLS and in docs/translating.md.
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { po } from 'gettext-parser';
import { read } from './lang.mjs';
import { offered } from './templates.mjs';

// Which arguments are texts for people; a pair is the two forms of a plural.
const CALLS = {
    N_: [0], errors_add: [4], kind_refuse: [3], lang_printf: [1], lang_put: [1], lang_cstr: [1],
    lang_plural: [[2, 3]], lang_count: [[2, 3]], multipart_malformed: [1], KEY: [1], SECTION: [0],
};
const CHOICES = new Set(['F_CHOICE', 'F_CHOICES']);
// Texts of the command line, of generated data, of documents for programs and of whoever runs the server stay English.
const ENGLISH = new RegExp('^src/(cli|app/demo)/|^web/templates/docs\\.html$|^src/db/(build|migrate|postgres|sqlite)\\w*\\.c$|' +
    '^src/core/(archive|backup|restore|schema|vault_crypt|verify|registry_check|node|event_feed)\\w*\\.c$|' +
    '^src/http/(openapi|docs_page|metrics|server|site|import_job)\\w*\\.c$');
const TOKEN = /\/\*[\s\S]*?\*\/|\/\/[^\n]*|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|[A-Za-z_]\w*|[^\sA-Za-z_]/g;
const PLACES = /%(?:\.\*)?(?:ll|z)?[a-zA-Z%]|\{\w+\}/g;
const places = (text) => (text.match(PLACES) ?? []).filter((p) => p !== '%%');
const ESCAPES = { n: '\n', t: '\t', r: '\r', '"': '"', '\\': '\\', "'": "'", '?': '?' };

const unquoted = (literal) => literal.slice(1, -1).replace(/\\(.)/g, (whole, c) => ESCAPES[c] ?? whole);

/* "in_progress" and "ssl_tls" as people read them (text_humanize). */
const SHORT = new Set(/text_short_words =([^;]*);/.exec(readFileSync('src/base/text.c', 'utf8'))[1].match(/[a-z0-9]+/g));
function human(word) {
    const parts = word.split('_').map((part) => (SHORT.has(part) ? part.toUpperCase() : part));
    return parts[0].slice(0, 1).toUpperCase() + parts.join(' ').slice(1);
}

/* Macros that stand for a list of words: #define NAMES "one", "two". */
export function word_macros(code) {
    const found = new Map();
    for (const [, name, body] of code.matchAll(/^#define ([A-Z_]+)[ \\\n]+((?:"[a-z0-9_]*",?[ \\\n]*)+)$/gm))
        found.set(name, body.match(/"[^"]*"/g).map(unquoted));
    return found;
}

function tokens_of(code) {
    const tokens = [];
    let line = 1, at = 0;
    for (const match of code.matchAll(TOKEN)) {
        for (; at < match.index; at++) if (code[at] === '\n') line++;
        const text = match[0];
        if (text.startsWith('/*') || text.startsWith('//')) continue;
        const last = tokens[tokens.length - 1];
        if (text[0] === '"' && last?.string) last.text += unquoted(text);
        else tokens.push(text[0] === '"' ? { string: true, text: unquoted(text), line } : { text, line });
    }
    return tokens;
}

/* The arguments of the call whose bracket is at `open`: lists of tokens. */
function arguments_of(tokens, open) {
    const args = [[]];
    let depth = 0;
    for (let i = open; i < tokens.length; i++) {
        const { text, string } = tokens[i];
        if (!string && '([{'.includes(text)) { if (depth++ > 0) args[args.length - 1].push(tokens[i]); continue; }
        if (!string && ')]}'.includes(text)) { if (--depth === 0) return args; args[args.length - 1].push(tokens[i]); continue; }
        if (!string && text === ',' && depth === 1) args.push([]);
        else args[args.length - 1].push(tokens[i]);
    }
    return args;
}

/* Without the calls that are looked at by themselves. */
function without_calls(tokens) {
    const kept = [];
    for (let i = 0; i < tokens.length; i++) {
        if (!tokens[i].string && CALLS[tokens[i].text] && tokens[i + 1]?.text === '(') {
            let depth = 0;
            for (i++; i < tokens.length; i++) {
                if (!tokens[i].string && '([{'.includes(tokens[i].text)) depth++;
                else if (!tokens[i].string && ')]}'.includes(tokens[i].text) && --depth === 0) break;
            }
        } else kept.push(tokens[i]);
    }
    return kept;
}

/* What C says to people; `pages`: STR("Capital ...") does too; `macros`: by name, lists of words that choices are made of. */
export function c_strings(code, pages, macros = new Map()) {
    const found = [];
    const tokens = tokens_of(code);
    const add = (token, more) => {
        const words = /\p{L}/u.test(token.text.replace(PLACES, '')) || places(token.text).length > 1;
        if (words) found.push({ id: token.text, line: token.line, ...more });
    };
    tokens.forEach((token, i) => {
        if (token.string || tokens[i + 1]?.text !== '(') return;
        const wanted = CALLS[token.text];
        if (wanted) {
            const args = arguments_of(tokens, i + 1);
            for (const one of wanted) {
                if (Array.isArray(one)) {
                    const [first, second] = one.map((n) => args[n]?.find((t) => t.string));
                    if (first && second) add(first, { plural: second.text });
                } else for (const t of without_calls(args[one] ?? [])) if (t.string) add(t);
            }
        } else if (token.text === 'N_WORDS') {
            for (const t of arguments_of(tokens, i + 1)[0].filter((one) => one.string))
                for (const word of t.text.split(' ')) add({ ...t, text: human(word) }, { context: 'choice' });
        } else if (CHOICES.has(token.text)) {
            for (const t of arguments_of(tokens, i + 1).flat())
                for (const word of t.string ? [t.text] : macros.get(t.text) ?? [])
                    add({ ...t, text: human(word) }, { context: 'choice' });
        } else if (pages && /^STR(_INIT)?$/.test(token.text)) {
            const [t] = arguments_of(tokens, i + 1)[0];
            if (t?.string && /^\p{Lu}[\p{Ll} ,]/u.test(t.text) && !/^[\w-]+-\p{Lu}|[=\n]/u.test(t.text)) add(t);
        }
    });
    return found;
}

/* Literals of an expression that are written as they are: `x ? "Save" : "Cancel"`, not the arguments of a function. */
function chosen(code) {
    const tokens = tokens_of(code);
    const alone = (i) => i === 0 || '?:'.includes(tokens[i - 1].text);
    return tokens.filter((t, i) => t.string && alone(i) && /\p{L}{2}/u.test(t.text));
}

function template_strings(source, file) {
    const { messages, code } = offered(source, file);
    const found = messages.map((m) => ({ id: m.text, line: m.line }));
    for (const { kind, text, line, words } of code) {
        for (const s of c_strings(text, true)) found.push({ ...s, line });
        if (kind === 'expression' && words) for (const t of chosen(text)) found.push({ id: t.text, line });
        if (kind === 'directive' && /^(call|wrap|let)\b/.test(text))
            for (const t of tokens_of(text)) if (t.string && /^\p{Lu}\p{Ll}/u.test(t.text)) found.push({ id: t.text, line });
    }
    return found;
}

/* say("Saved.") and say('{n} selected', { n }) of scripts. */
function script_strings(source) {
    return [...source.matchAll(/\bsay\(\s*(?:'((?:\\.|[^'\\])+)'|"((?:\\.|[^"\\])+)")/g)]
        .map((m) => ({ id: (m[1] ?? m[2]).replace(/\\(.)/g, '$1'), line: source.slice(0, m.index).split('\n').length }));
}

function walk(dir, pattern) {
    return readdirSync(dir, { withFileTypes: true }).flatMap((e) => {
        const path = join(dir, e.name);
        return e.isDirectory() ? walk(path, pattern) : pattern.test(path) ? [path] : [];
    }).sort();
}

function strings_of(path, text, macros) {
    if (path.endsWith('.html')) return template_strings(text, path);
    if (path.endsWith('.js')) return script_strings(text);
    return c_strings(text, path.startsWith('src/http/'), macros);
}

/* Pages and scripts first: lang.mjs goes by them. */
function references(from) {
    const web = (path) => path.startsWith('web/');
    return [...from.filter(web), ...from.filter((path) => !web(path)).slice(0, 3)];
}

/* All of them in the order of the files: [{ id, context, plural, from: [files] }]. `files`: [{ path, text }], else the tree's. */
export function gather(files) {
    const all = files ?? [...walk('src', /\.[ch]$/), ...walk('web/templates', /\.html$/), ...walk('web/js', /\.js$/)]
        .map((path) => ({ path, text: readFileSync(path, 'utf8') }));
    const found = new Map();
    const macros = new Map(all.filter(({ path }) => path.endsWith('.h')).flatMap(({ text }) => [...word_macros(text)]));
    for (const { path, text } of all) {
        if (ENGLISH.test(path)) continue;
        const strings = strings_of(path, text, macros);
        for (const { id, context = '', plural = null } of strings) {
            const key = `${context}\u0004${id}`;
            const known = found.get(key) ?? { id, context, plural: null, from: [] };
            found.set(key, known);
            known.plural ??= plural;
            if (!known.from.includes(path)) known.from.push(path);
        }
    }
    return [...found.values()];
}

/* Of printf the places must come in the same order; of a template each must be there. */
function same_places(id, said) {
    const [a, b] = [places(id), places(said)];
    if (!id.includes('%')) { a.sort(); b.sort(); }
    return a.length === b.length && a.every((p, i) => p === b[i]);
}

/* What is wrong with a catalogue, as sentences. */
export function faults(strings, catalogue) {
    const wrong = [];
    const key = (e) => `${e.context}\u0004${e.id}`;
    const said = new Map(catalogue.entries.map((e) => [key(e), e]));
    for (const s of strings) {
        const e = said.get(key(s));
        said.delete(key(s));
        const name = `'${s.id}'${s.context ? ` (${s.context})` : ''} of ${s.from[0]}`;
        const plural_differs = e && ((e.plural ?? null) !== s.plural || (s.plural && e.said.length < 2));
        if (!e || e.said.some((t) => t === '')) wrong.push(`${name} has no translation; make strings adds it`);
        else if (plural_differs) wrong.push(`${name}: the plural forms differ; make strings mends it`);
        else {
            const forms = s.plural ? [s.id, ...Array(e.said.length - 1).fill(s.plural)] : [s.id];
            const other = e.said.filter((t, i) => !same_places(forms[i], t));
            for (const t of other) wrong.push(`${name}: '${t}' has other places for values`);
        }
    }
    for (const e of said.values()) wrong.push(`'${e.id}' is said nowhere any more; make strings removes it`);
    return wrong;
}

/* The catalogue with exactly these strings; what was said stays. */
export function updated(strings, parsed) {
    const translations = { '': { '': parsed.translations['']?.[''] } };
    for (const s of strings) {
        const old = parsed.translations[s.context]?.[s.id];
        const forms = s.plural ? Math.max(2, old?.msgstr?.length ?? 0) : 1;
        const msgstr = Array.from({ length: forms }, (_, i) => old?.msgstr?.[i] ?? '');
        translations[s.context] ??= {};
        translations[s.context][s.id] = {
            ...(s.context && { msgctxt: s.context }), msgid: s.id, ...(s.plural && { msgid_plural: s.plural }), msgstr,
            comments: { translator: old?.comments?.translator ?? '', reference: references(s.from).join('\n') },
        };
    }
    return po.compile({ ...parsed, translations }, { foldLength: 0 }).toString().trimEnd() + '\n';
}

export const catalogues = () => readdirSync('po').filter((f) => f.endsWith('.po')).sort().map((f) => join('po', f));

/* For lint: what is wrong in any catalogue. */
export function check() {
    const strings = gather();
    return catalogues().flatMap((path) => faults(strings, read(path)).map((fault) => `${path}: ${fault}`));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
    if (process.argv.includes('--update')) {
        const strings = gather();
        for (const path of catalogues()) writeFileSync(path, updated(strings, read(path).parsed));
        const headers = { 'Content-Type': 'text/plain; charset=utf-8' };
        const head = { charset: 'utf-8', headers, translations: { '': { '': { msgid: '', msgstr: [''] } } } };
        mkdirSync('build', { recursive: true });
        writeFileSync('build/tenon.pot', updated(strings, head));
        console.log(`${strings.length} strings`);
    }
    const wrong = check();
    for (const fault of wrong) console.log(fault);
    process.exitCode = wrong.length ? 1 : 0;
}
