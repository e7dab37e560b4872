// rules.mjs - the rules of the house, each a function of the project's files that returns what breaks it.
//
// A rule is { name, check(project) -> ["path:line: what is wrong"] }. A project is made by project() from a list of
// { path, text }; entities and cleaned C are read once. Controls for each rule stand in tests/unit/tools/lint.test.mjs.
import { basename } from 'node:path';
import { IMPLICIT, entitiesOf, functionsOfC, inParentheses, lineAt, readC } from './source.mjs';

const MAX_FILE = 800;
const MAX_FUNCTION = 80;
const MAX_LINE = 130;

// Who may look into whom. A room always sees itself.
const ROOMS = {
    base: [],
    db: ['base'],
    core: ['db', 'base'],
    service: ['base'],
    http: ['core', 'service', 'db', 'base'],
    app: ['core', 'service', 'db', 'base'],
    cli: ['http', 'app', 'service', 'core', 'db', 'base'],
};
// Headers of libraries that only one place may know.
const PICTURES = /^src\/service\/picture\.c$|^tests\/unit\/service\/test_picture\.c$/; // the test makes pictures
const KEPT = [
    { header: 'microhttpd.h', where: /^src\/http\/server\w*\.[ch]$/ },
    { header: 'sqlite3.h', where: /^src\/db\/(sqlite|search_tokenizer)\w*\.[ch]$/ },
    { header: 'libpq-fe.h', where: /^src\/db\/postgres\w*\.[ch]$/ },
    { header: 'jansson.h', where: /^src\/base\/json\.c$/ },
    ...['jpeglib.h', 'png.h', 'webp/decode.h'].map((header) => ({ header, where: PICTURES })),
];
// Files that make SQL: the query builder and what stands beside it; and what fills the tables that a backup names.
const BUILDERS = /^src\/(db\/|core\/(query|repo|restore|schema|search)\w*\.[ch]$)/;
const SQL = /^\s*(SELECT|INSERT INTO|INSERT OR|UPDATE|DELETE FROM|REPLACE INTO|WITH)\b/;
const TABLE = /\b(?:FROM|JOIN|INTO|UPDATE)\s+([a-z_][a-z0-9_]*)/g;

const isC = (f) => /\.[ch]$/.test(f.path);
const isSource = (f) => /^src\/.*\.[ch]$/.test(f.path);
const room = (path) => /^src\/(\w+)\//.exec(path)?.[1];
const at = (file, index, what) => `${file.path}:${lineAt(file.text, index)}: ${what}`;

export function project(files) {
    for (const file of files) if (isC(file)) file.c = readC(file.text);
    const sources = files.filter(isSource);
    const entities = entitiesOf(sources);
    const byName = new Map(entities.map((e) => [e.name, e]));
    const anyField = new Set([...IMPLICIT, ...entities.flatMap((e) => [...e.fields])]);
    return { files, sources, entities, byName, anyField, notes: [] };
}

function includes({ files }) {
    const faults = [];
    for (const file of files.filter(isC)) {
        const from = room(file.path);
        for (const found of file.text.matchAll(/^\s*#\s*include\s+[<"]([^>"]+)[>"]/gm)) {
            const header = found[1];
            const to = /^(\w+)\//.exec(header)?.[1];
            if (from && to in ROOMS && to !== from && !ROOMS[from]?.includes(to)) {
                faults.push(at(file, found.index, `${from} must not look into ${to} (${header})`));
            }
            const kept = KEPT.find((k) => k.header === header);
            if (kept && !kept.where.test(file.path)) faults.push(at(file, found.index, `${header} belongs to one file only`));
        }
    }
    return faults;
}

function fileLength({ files }) {
    return files.filter((f) => /\.(c|h|mjs|js|css|sh|html)$|^script\//.test(f.path))
        .map((f) => ({ f, n: f.text.split('\n').length - 1 })).filter(({ n }) => n > MAX_FILE)
        .map(({ f, n }) => `${f.path}:1: ${n} lines, the limit is ${MAX_FILE}`);
}

function functionLength({ files }) {
    const faults = [];
    for (const file of files) {
        let functions = [];
        if (isC(file)) functions = functionsOfC(file.c.code);
        else if (/\.(mjs|js)$/.test(file.path)) functions = functionsOfJs(file.text);
        for (const f of functions) {
            const n = f.to - f.from + 1;
            if (n > MAX_FUNCTION) faults.push(`${file.path}:${f.from}: ${f.name} has ${n} lines, the limit is ${MAX_FUNCTION}`);
        }
    }
    return faults;
}

// Functions that begin at the margin and end with a brace at the margin.
function functionsOfJs(text) {
    const found = [];
    let open = null;
    text.split('\n').forEach((line, i) => {
        const head = /^(?:export )?(?:default )?(?:async )?function\*? (\w+)/.exec(line);
        if (head) open = { name: head[1], from: i + 1 };
        if (open && /^\}/.test(line)) {
            found.push({ ...open, to: i + 1 });
            open = null;
        }
    });
    return found;
}

function lineLength({ files }) {
    const faults = [];
    for (const file of files.filter((f) => /\.(c|h|mjs|js|sh)$|^script\//.test(f.path))) {
        file.text.split('\n').forEach((line, i) => {
            const n = [...line].length;
            if (n > MAX_LINE) faults.push(`${file.path}:${i + 1}: ${n} columns, the limit is ${MAX_LINE}`);
        });
    }
    return faults;
}

// Debian 12 has Node.js 18; what came with 20 is missing there.
function oldNode({ files }) {
    const faults = [];
    for (const file of files.filter((f) => /^(tools|tests)\/.*\.mjs$/.test(f.path) && !/\/lint\b/.test(f.path))) {
        for (const m of file.text.matchAll(/\.(getSetCookie|toSorted|toReversed|toSpliced)\(|\b(Object|Map)\.groupBy\(/g))
            faults.push(at(file, m.index, `Node.js 18 has no ${m[0].replace(/^\.|\($/g, '')}`));
        for (const m of file.text.matchAll(/'en-CA'/g))
            faults.push(at(file, m.index, 'Node.js 18 writes dates of en-CA otherwise: take sv-SE for 2026-11-12'));
    }
    return faults;
}

function headComment({ files }) {
    const speaks = (f) => (isC(f) ? f.text.startsWith('/* ') : /^\/[/*] /.test(f.text));
    const asked = (f) => isC(f) || /^(tools|tests)\/.*\.mjs$/.test(f.path);
    return files.filter((f) => asked(f) && !speaks(f))
        .map((f) => `${f.path}:1: begins without a comment that says what ${basename(f.path)} is`);
}

function unfinished({ files }) {
    const words = ['TO' + 'DO', 'FIX' + 'ME', 'XX' + 'X', 'HA' + 'CK'];
    const marks = new RegExp(`\\b(${words.join('|')})\\b|not implemented|coming soon`);
    const faults = [];
    for (const file of files) {
        file.text.split('\n').forEach((line, i) => {
            const found = marks.exec(line);
            if (found && !/^tools\/lint\/|^tests\/unit\/tools\/lint/.test(file.path)) {
                faults.push(`${file.path}:${i + 1}: unfinished: ${found[0]}`);
            }
        });
    }
    return faults;
}

// Hand-written SQL on a tenant's table carries :tenant; where it cannot, a comment on or above its line gives the reason.
function tenantInSql(p) {
    const faults = [];
    const global = new Set(p.entities.filter((e) => e.flags.includes('ENTITY_GLOBAL')).map((e) => e.name));
    const allow = (table) => global.has(table) || /^(sqlite_|pragma_|migrations$|json_|value$)/.test(table);
    for (const file of p.sources.filter((f) => !f.path.startsWith('src/db/'))) {
        const excused = file.c.comments
            .map((c) => ({ line: lineAt(file.text, c.end), why: /lint: no tenant: ([^*]+?)\s*\*\//.exec(c.text)?.[1] }))
            .filter((c) => c.why);
        for (const s of file.c.strings.filter((x) => SQL.test(x.text))) {
            const tables = [...s.text.matchAll(TABLE)].map((m) => m[1]);
            const cte = new Set([...s.text.matchAll(/\b(\w+)\s+AS\s+\(/g)].map((m) => m[1]));
            const owned = tables.filter((t) => !allow(t) && !cte.has(t));
            if (owned.length === 0 || /:tenant\b/.test(s.text)) continue;
            if (BUILDERS.test(file.path) && /tenant_id = \?/.test(s.text)) continue;
            const from = lineAt(file.text, s.at);
            const to = lineAt(file.text, s.end);
            const reason = excused.find((c) => c.line >= from - 3 && c.line <= to);
            if (reason) p.notes.push(`${file.path}:${from}: no tenant (${owned.join(', ')}): ${reason.why}`);
            else faults.push(`${file.path}:${from}: SQL on ${owned.join(', ')} without :tenant`);
        }
    }
    return faults;
}

const PRINTERS = /\b(str_printf|buf_printf|snprintf|vsnprintf|asprintf|buf_lit|buf_cstr|buf_add)\s*\(/g;
function builtSql({ sources }) {
    const faults = [];
    for (const file of sources.filter((f) => !BUILDERS.test(f.path))) {
        for (const call of file.c.code.matchAll(PRINTERS)) {
            const span = inParentheses(file.c.code, call.index + call[0].length - 1);
            const inside = file.c.strings.filter((s) => s.at >= span.from && s.end <= span.to);
            if (inside.some((s) => SQL.test(s.text) && /\b(FROM|INTO|SET|WHERE)\b/.test(s.text))) {
                faults.push(at(file, call.index, `SQL put together by ${call[1]}; use the query builder, or one literal`));
            }
        }
    }
    return faults;
}

// Names of fields written in code: those of the file's own entities where a change is asked, else of any entity.
const ROW_CALL = new RegExp(
    String.raw`\b(row_(?:get|text|int|bool|null|set|set_text|set_int)|change_touches|change_given|query_where`
    + String.raw`|repo_input_value)\s*\(\s*([^,()]+),\s*"`, 'g');
function fieldNames(p) {
    const faults = [];
    for (const file of p.sources) {
        if (!/^(app|cli|http|core)$/.test(room(file.path) ?? '')) continue;
        const own = p.entities.filter((e) => e.path === file.path);
        for (const call of file.c.code.matchAll(ROW_CALL)) {
            const quote = call.index + call[0].length - 1;
            const name = file.c.strings.find((s) => s.at === quote)?.text;
            if (name === undefined) continue;
            const asked = /^(change|change->row|change->old)$/.test(call[2].trim()) && /^src\/app\//.test(file.path) ? own : [];
            if (asked.length > 0 && !asked.some((e) => e.fields.has(name))) {
                faults.push(at(file, call.index, `${asked.map((e) => e.name).join(', ')} has no field "${name}"`));
            } else if (!p.anyField.has(name)) faults.push(at(file, call.index, `no entity has a field "${name}"`));
        }
        faults.push(...entityCalls(p, file));
    }
    return faults;
}

// registry_get("x") and repo_*_as_system(ctx, "x", ... ARGS({"field", ...})).
function entityCalls(p, file) {
    const faults = [];
    for (const call of file.c.code.matchAll(/\b(registry_get|repo_create_as_system|repo_update_as_system)\s*\(/g)) {
        const span = inParentheses(file.c.code, call.index + call[0].length - 1);
        const inside = file.c.strings.filter((s) => s.at >= span.from && s.end <= span.to);
        const direct = /^\s*(?:ctx,\s*)?"/.test(file.c.code.slice(span.from, span.to));
        if (!direct || inside.length === 0) continue;
        const entity = p.byName.get(inside[0].text);
        if (!entity) {
            faults.push(at(file, call.index, `there is no entity "${inside[0].text}"`));
        } else if (call[1] !== 'registry_get') {
            for (const s of inside.slice(1)) {
                const first = /\{\s*$/.test(file.c.code.slice(Math.max(0, s.at - 10), s.at));
                // What begins so is a company's own (core/custom.h).
                const known = entity.fields.has(s.text) || s.text.startsWith('cf_');
                if (first && !known) faults.push(at(file, s.at, `${entity.name} has no field "${s.text}"`));
            }
        }
    }
    return faults;
}

// Word lists of a declaration name its own fields; references name entities.
function declarations(p) {
    const faults = [];
    for (const e of p.entities) {
        const say = (what) => faults.push(`${e.path}:${e.line}: ${e.name}: ${what}`);
        if (!e.name) { faults.push(`${e.path}:${e.line}: ENTITY(${e.id}) has no name`); continue; }
        for (const [key, list] of Object.entries(e.words)) {
            if (key === 'name' || list.includes('{')) continue;
            for (const word of list.split(' ').filter(Boolean)) {
                if (!e.fields.has(word.replace(/^-/, '').split('.')[0])) say(`.${key} names "${word}", which is no field of it`);
            }
        }
        for (const ref of e.body.matchAll(/F_REF\("(\w+)"/g)) {
            if (!p.byName.has(ref[1])) say(`refers to "${ref[1]}", which is no entity`);
        }
    }
    return faults;
}

// What a person reads is marked for translation.
function labels(p) {
    const faults = [];
    for (const e of p.entities) {
        const file = p.files.find((f) => f.path === e.path);
        for (const m of e.body.matchAll(/\.(one|many|help|section|label) = "/g)) {
            faults.push(at(file, e.at + m.index, `.${m[1]} is not marked N_("...")`));
        }
        for (const m of e.body.matchAll(/\{\s*"[a-z]\w*",\s*"/g)) {
            faults.push(at(file, e.at + m.index, 'the label is not marked N_("...")'));
        }
    }
    return faults;
}

// Application code never frees: memory belongs to the arena.
function ownMemory({ sources }) {
    const faults = [];
    for (const file of sources.filter((f) => f.path.startsWith('src/app/'))) {
        for (const m of file.c.code.matchAll(/\b(malloc|calloc|realloc|strdup|free)\s*\(/g)) {
            faults.push(at(file, m.index, `${m[1]}: memory belongs to the arena`));
        }
    }
    return faults;
}

// The content security policy forbids scripts and handlers that stand in a page.
function templates({ files }) {
    const faults = [];
    for (const file of files.filter((f) => /^web\/templates\/.*\.html$/.test(f.path))) {
        for (const m of file.text.matchAll(/<script\b([^>]*)>([^]*?)<\/script>/gi)) {
            if (!/\bsrc=/.test(m[1]) && m[2].trim() !== '') faults.push(at(file, m.index, 'a script stands in the page'));
        }
        for (const m of file.text.matchAll(/<[a-z][^>]*?\s(on[a-z]+)\s*=/gi)) {
            faults.push(at(file, m.index, `the handler ${m[1]} stands in the page`));
        }
        for (const m of file.text.matchAll(/javascript:/gi)) faults.push(at(file, m.index, 'a javascript: address'));
    }
    return faults;
}

export const rules = [
    { name: 'the law of includes', check: includes },
    { name: `files have at most ${MAX_FILE} lines`, check: fileLength },
    { name: `functions have at most ${MAX_FUNCTION} lines`, check: functionLength },
    { name: `lines have at most ${MAX_LINE} columns`, check: lineLength },
    { name: 'tools and tests run on Node.js 18', check: oldNode },
    { name: 'every file says at its top what it is', check: headComment },
    { name: 'nothing is marked as unfinished', check: unfinished },
    { name: 'hand-written SQL stays inside the tenant', check: tenantInSql },
    { name: 'only the builder puts SQL together', check: builtSql },
    { name: 'names of fields and entities exist', check: fieldNames },
    { name: 'declarations name what exists', check: declarations },
    { name: 'labels are marked for translation', check: labels },
    { name: 'application code never frees', check: ownMemory },
    { name: 'pages hold no scripts', check: templates },
];
