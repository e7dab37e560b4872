// registry.mjs - gathers what the sources declare into one generated file.
//
//   node tools/registry.mjs OUT.c SRC...
//
// Scans for lines that begin with ENTITY(id), ROUTE("METHOD", "/pattern", handler, FLAGS) or COMMAND(name, N_("help")) and
// writes registry_decls (core/registry.h), registry_routes (http/server.h) and registry_commands (cli/cli.h). A malformed or
// repeated declaration stops the build and names file and line.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';

const FORMS = {
    ENTITY: { pattern: /^ENTITY\((\w+)\)\s*=\s*\{/, shape: 'ENTITY(id) = {' },
    ROUTE: {
        pattern: /^ROUTE\("([A-Z]+)", "(\/[^"\\]*)", (\w+), ([A-Z_]+(?: \| [A-Z_]+)*)\)\s*;?$/,
        shape: 'ROUTE("METHOD", "/pattern", handler, FLAG | FLAG)',
    },
    COMMAND: { pattern: /^COMMAND\((\w+), N_\("((?:[^"\\]|\\.)+)"\)\)\s*;?$/, shape: 'COMMAND(name, N_("help"))' },
};

// The table name of an entity: the first `.name = "..."` of its declaration.
function entityName(lines, from) {
    for (let i = from; i < lines.length && (i === from || !lines[i].startsWith('ENTITY(')); i++) {
        const found = /\.name\s*=\s*"([a-z][a-z0-9_]*)"/.exec(lines[i]);
        if (found) return found[1];
    }
    return null;
}

// `files` is a list of { path, text }. Returns { entities, routes, commands, faults }; faults are "file:line: what".
export function scan(files) {
    const result = { entities: [], routes: [], commands: [], faults: [] };
    const seen = new Map();
    const once = (key, at, what) => {
        if (seen.has(key)) result.faults.push(`${at}: ${what} is already declared at ${seen.get(key)}`);
        else seen.set(key, at);
    };
    for (const { path, text } of files) {
        const lines = text.split('\n');
        lines.forEach((line, i) => {
            const word = /^(ENTITY|ROUTE|COMMAND)\(/.exec(line)?.[1];
            if (!word) return;
            const at = `${path}:${i + 1}`;
            const match = FORMS[word].pattern.exec(line.trimEnd());
            if (!match) {
                result.faults.push(`${at}: expected ${FORMS[word].shape} on one line`);
            } else if (word === 'ENTITY') {
                const name = entityName(lines, i);
                if (!name) return result.faults.push(`${at}: ENTITY(${match[1]}) has no .name`);
                once(`ENTITY ${match[1]}`, at, `ENTITY(${match[1]})`);
                once(`entity ${name}`, at, `the entity "${name}"`);
                result.entities.push({ id: match[1], name, at });
            } else if (word === 'ROUTE') {
                const [, method, pattern, handler, flags] = match;
                once(`ROUTE ${method} ${pattern.replace(/\{\w+\}/g, '{}')}`, at, `the route ${method} ${pattern}`);
                result.routes.push({ method, pattern, handler, flags, at });
            } else {
                once(`COMMAND ${match[1]}`, at, `the command ${match[1]}`);
                result.commands.push({ name: match[1], help: match[2], at });
            }
        });
    }
    const order = (key) => (a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0);
    result.entities.sort(order((e) => e.name));
    result.routes.sort(order((r) => `${r.pattern} ${r.method}`));
    result.commands.sort(order((c) => c.name));
    return result;
}

export function render({ entities, routes, commands }) {
    const handlers = [...new Set(routes.map((r) => r.handler))].sort();
    return [
        '/* registry.c - written by tools/registry.mjs from the declarations in the sources. */',
        '#include "cli/cli.h"',
        '#include "core/registry.h"',
        '#include "http/server.h"',
        '',
        ...entities.map((e) => `extern const struct entity_decl entity_decl_${e.id};`),
        'const struct entity_decl *const registry_decls[] = {',
        ...entities.map((e) => `    &entity_decl_${e.id}, /* ${e.name} */`),
        '    NULL};',
        `const int registry_decl_count = ${entities.length};`,
        '',
        ...handlers.map((h) => `extern handler_fn ${h};`),
        'const struct route registry_routes[] = {',
        ...routes.map((r) => `    {.method = "${r.method}", .pattern = "${r.pattern}", .handler = ${r.handler},\n`
            + `     .flags = ${r.flags}},`),
        '    {.method = NULL}};',
        `const int registry_route_count = ${routes.length};`,
        '',
        ...commands.map((c) => `int command_${c.name}(struct cli *cli);`),
        'const struct command registry_commands[] = {',
        ...commands.map((c) => `    {"${c.name}", "${c.help}", command_${c.name}},`),
        '    {.name = NULL}};',
        `const int registry_command_count = ${commands.length};`,
        '',
    ].join('\n');
}

function main([out, ...sources]) {
    if (!out) {
        console.error('usage: node tools/registry.mjs OUT.c SRC...');
        return 2;
    }
    const found = scan(sources.map((path) => ({ path, text: readFileSync(path, 'utf8') })));
    for (const fault of found.faults) console.error(fault);
    if (found.faults.length > 0) return 1;
    mkdirSync(dirname(out), { recursive: true });
    writeFileSync(out, render(found));
    return 0;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) process.exitCode = main(process.argv.slice(2));
