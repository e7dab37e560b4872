// lint.test.mjs - each rule of lint lets a good sample pass and refuses a bad one, naming file and line.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { project, rules } from '../../../tools/lint/rules.mjs';

const ENTITY = `/* lead.c - leads. */
ENTITY(lead) = {
    .name = "leads", .one = N_("Lead"), .many = N_("Leads"), .title = "name",
    .fields = FIELDS(
        { "name",  N_("Name"),  F_TEXT(100), .flags = REQUIRED },
        { "score", N_("Score"), F_INT(0, 100) }
    ),
    .list = "name score created_at", .sort = "-created_at",
};
`;
const file = (text, path = 'src/app/sales/rules.c') => ({ path, text });
const c = (code) => file(`/* rules.c - a sample. */\n${code}`);
const OTHER = '/* o */\nENTITY(other) = {\n .name = "others", .fields = FIELDS({ "colour", N_("C"), F_TEXT(9) }) };';
const other = () => file(OTHER, 'src/app/a/o.c');
const lead = () => file(ENTITY, 'src/app/sales/lead.c');

// The faults of one rule over these files.
function faultsOf(name, ...files) {
    const rule = rules.find((r) => r.name === name);
    assert.ok(rule, `there is a rule "${name}"`);
    return rule.check(project(files));
}

const many = (n, line) => Array(n).fill(line).join('\n');
const long = 'x'.repeat(131);

// [rule, what is fine, what is not, what the message says]
const cases = [
    ['the law of includes', [c('#include "core/repo.h"')],
        [c('#include "http/http.h"')], /rules\.c:2: app must not look into http/],
    ['the law of includes', [file('/* a */\n#include "base/str.h"', 'src/db/a.c')],
        [file('/* a */\n#include "core/row.h"', 'src/db/a.c')], /db must not/],
    ['the law of includes', [file('/* a */\n#include <sqlite3.h>', 'src/db/sqlite.c')],
        [c('#include <sqlite3.h>')], /sqlite3\.h belongs/],
    ['the law of includes', [file('/* a */\n#include <microhttpd.h>', 'src/http/server.c')],
        [file('/* a */\n#include <microhttpd.h>', 'src/http/pages.c')], /microhttpd\.h belongs/],
    ['files have at most 800 lines', [c(many(799, 'int x;'))], [c(many(801, 'int x;'))], /the limit is 800/],
    ['functions have at most 80 lines', [c(`int f(void) {\n${many(78, 'g();')}\n}`)],
        [c(`int f(void) {\n${many(79, 'g();')}\n}`)], /:2: f has 81/],
    ['functions have at most 80 lines', [file(`// a\nfunction f() {\n${many(70, 'g();')}\n}\n`, 'tools/a.mjs')],
        [file(`// a\nexport function f() {\n${many(80, 'g();')}\n}\n`, 'tools/a.mjs')], /:2: f has 82/],
    ['lines have at most 130 columns', [c('x'.repeat(130))], [c(long)], /:2: 131 columns/],
    ['tools and tests run on Node.js 18', [file('// a\n[...a].sort();\n', 'tools/a.mjs')],
        [file('// a\na.toSorted();\n', 'tests/http/a.mjs')], /:2: Node.js 18 has no toSorted/],
    ['every file says at its top what it is', [c('int x;')], [file('int x;\n')], /rules\.c:1/],
    ['nothing is marked as unfinished', [c('int todo_count;')], [c(`/* ${'TO' + 'DO'}: later */`)], /:2: unfinished/],
    ['hand-written SQL stays inside the tenant',
        [lead(), c('sql_int(ctx, "SELECT count(*) FROM leads "\n    "WHERE tenant_id = :tenant", NO_ARGS);')],
        [lead(), c('sql_int(ctx, "SELECT count(*) FROM leads", NO_ARGS);')], /:2: SQL on leads without :tenant/],
    ['hand-written SQL stays inside the tenant',
        [lead(), c('/* lint: no tenant: a sign-in knows its tenant only afterwards */\nq("SELECT id FROM leads");')],
        [lead(), c('/* lint: no tenant: */\nq("DELETE FROM leads WHERE id = :id");')], /without :tenant/],
    ['only the builder puts SQL together', [c('buf_printf(b, "Select %s from the list", x);')],
        [c('buf_printf(b, "SELECT %s FROM leads WHERE tenant_id = :tenant", x);')], /put together by buf_printf/],
    ['names of fields and entities exist', [lead(), c('row_text(row, "name");')],
        [lead(), c('row_text(row, "nmae");')], /no entity has a field "nmae"/],
    ['names of fields and entities exist',
        [lead(), other()],
        [file(`${ENTITY}bool f(void) { return row_int(change->row, "colour"); }\n`, 'src/app/sales/lead.c'),
            other()],
        /lead\.c:10: leads has no field "colour"/],
    ['names of fields and entities exist', [lead(), c('registry_get("leads");')],
        [lead(), c('registry_get("lead");')], /no entity "lead"/],
    ['names of fields and entities exist', [lead(), c('repo_create_as_system(ctx, "leads", ARGS({"name", v}));')],
        [lead(), c('repo_create_as_system(ctx, "leads", ARGS({"name", v}, {"nam", v}));')], /leads has no field "nam"/],
    ['declarations name what exists', [lead()],
        [file(ENTITY.replace('.list = "name', '.list = "title'), 'src/app/sales/lead.c')], /\.list names "title"/],
    ['declarations name what exists', [lead()],
        [file(ENTITY.replace('F_INT(0, 100)', 'F_REF("scores", RESTRICT)'), 'src/app/sales/lead.c')], /refers to "scores"/],
    ['labels are marked for translation', [lead()],
        [file(ENTITY.replace('N_("Score")', '"Score"'), 'src/app/sales/lead.c')], /lead\.c:6: the label/],
    ['labels are marked for translation', [lead()],
        [file(ENTITY.replace('N_("Leads")', '"Leads"'), 'src/app/sales/lead.c')], /\.many is not marked/],
    ['application code never frees', [c('arena_alloc(a, 3); /* free() */')], [c('free(p);')], /free: memory belongs/],
    ['pages hold no scripts', [file('<script src="/a.js"></script><p>on x = 1</p>', 'web/templates/a.html')],
        [file('<script>alert(1)</script>', 'web/templates/a.html')], /a script stands in the page/],
    ['pages hold no scripts', [file('<a href="/x">x</a>', 'web/templates/a.html')],
        [file('<a onclick="x()">x</a>', 'web/templates/a.html')], /onclick/],
];

for (const [rule, good, bad, message] of cases) {
    test(`${rule}: ${message.source}`, () => {
        assert.deepEqual(faultsOf(rule, ...good), [], 'the good sample passes');
        const faults = faultsOf(rule, ...bad);
        assert.ok(faults.some((f) => message.test(f)), `the bad sample is refused; got ${JSON.stringify(faults)}`);
    });
}

test('every rule has a control', () => {
    assert.deepEqual(rules.map((r) => r.name).filter((name) => !cases.some(([rule]) => rule === name)), []);
});

test('an exception by comment is listed with its reason', () => {
    const p = project([lead(), c('/* lint: no tenant: counts all */\nq("SELECT count(*) FROM leads");')]);
    rules.find((r) => r.name === 'hand-written SQL stays inside the tenant').check(p);
    assert.match(p.notes[0], /no tenant \(leads\): counts all/);
});
