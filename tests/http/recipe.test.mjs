// recipe.test.mjs - carries out docs/adding-an-entity.md and docs/adding-a-rule.md in a copy of the tree: what they say works.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { appendFileSync, cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, test } from 'node:test';

const copy = mkdtempSync(join(tmpdir(), 'tenon-recipe-'));
after(() => rmSync(copy, { recursive: true, force: true }));
for (const name of ['Makefile', 'package.json', 'package-lock.json', 'src', 'tools', 'web', 'po', 'migrations', 'build/debug']) {
    if (existsSync(name)) cpSync(name, join(copy, name), { recursive: true, preserveTimestamps: true });
}
symlinkSync(resolve('node_modules'), join(copy, 'node_modules'));
process.env.TENON_PROGRAM = join(copy, 'build/debug/tenon');
const { recordOf, startTenon } = await import('./support.mjs');

// The block of code that a page of the manual says to put into a file.
const block = (page, path) => new RegExp(`\`\`\`c ${path}\n([^]*?)\n *\`\`\``)
    .exec(readFileSync(page, 'utf8'))[1].replace(/^ {3}/gm, '');
const make = (...args) => execFileSync('make', ['-s', '-j2', 'MODE=debug', ...args], { cwd: copy, encoding: 'utf8',
    stdio: 'pipe' });
const PATH = 'src/app/sales/competitor.c';

test('an entity is one file and a migration', async () => {
    writeFileSync(join(copy, PATH), `${block('docs/adding-an-entity.md', PATH)}\n`);
    make('all');
    make('migration', 'NAME=competitors');
    assert.match(readFileSync(join(copy, 'migrations/schema.lock'), 'utf8'), /competitors/);
    make('all');
    const tenon = await startTenon();
    try {
        const made = await tenon.a.admin.post('/competitors', { name: 'Sunny', strength: 'strong' });
        assert.equal(made.status, 201, made.text);
        const found = await tenon.a.admin.get('/competitors?filter[strength]=strong&q=sunn');
        assert.deepEqual(found.json.data.map((r) => r.name), ['Sunny']);
        assert.deepEqual((await tenon.b.admin.get('/competitors')).json.data, []);
        assert.equal((await tenon.a.admin.get(`/competitors/${recordOf(made).id}`)).status, 200);
        assert.ok((await tenon.nobody.get('/openapi.json')).json.paths['/competitors/{id}']);
        const same = await tenon.a.admin.post('/competitors', { name: 'Sunny' });
        assert.equal(same.status, 409, 'its index is unique');
    } finally {
        await tenon.stop();
    }
});

test('its words are told to whoever forgets to translate them, and wait where they are said', () => {
    const strings = (...args) => spawnSync('node', ['tools/strings.mjs', ...args], { cwd: copy, encoding: 'utf8' });
    const told = strings();
    assert.equal(told.status, 1);
    assert.match(told.stderr + told.stdout, /'Competitor' of src\/app\/sales\/competitor\.c has no translation; make strings/);
    strings('--update');
    const path = join(copy, 'po/de.po');
    const waiting = readFileSync(path, 'utf8');
    assert.match(waiting, /msgid "Competitor"\nmsgstr ""\n/);
    writeFileSync(path, waiting.replace(/^(msgid "(.+)")\nmsgstr ""$/gm, '$1\nmsgstr "auf Deutsch: $2"'));
    const said = strings();
    assert.equal(said.status, 0, said.stderr + said.stdout);
});

test('a rule is one function', async () => {
    const rule = block('docs/adding-a-rule.md', PATH);
    const name = /static bool (\w+)\(/.exec(rule)[1];
    const text = readFileSync(join(copy, PATH), 'utf8')
        .replace('#include "core/entity.h"', '#include "core/ctx.h"\n#include "core/row.h"')
        .replace('\nENTITY(', `\n${rule}\n\nENTITY(`)
        .replace(/\n\};\n$/, `\n    .before_save = ${name},\n};\n`);
    writeFileSync(join(copy, PATH), text);
    make('all');
    const tenon = await startTenon();
    try {
        const refused = await tenon.a.admin.post('/competitors', { name: 'Sunny', strength: 'strong' });
        assert.equal(refused.status, 422, refused.text);
        assert.equal(refused.json.errors[0].field, 'website');
        const taken = await tenon.a.admin.post('/competitors', { name: 'Sunny', strength: 'strong',
            website: 'https://sunny.example' });
        assert.equal(taken.status, 201, taken.text);
    } finally {
        await tenon.stop();
    }
});

test('a fault in a declaration stops the program before it does anything', () => {
    appendFileSync(join(copy, PATH),
        '\nENTITY(rival) = {\n    .name = "rivals", .one = N_("Rival"), .many = N_("Rivals"), .pack = "sales",\n'
        + '    .fields = FIELDS({ "name", N_("Name"), F_TEXT(100) }),\n    .list = "nmae",\n};\n');
    make('all');
    assert.throws(() => execFileSync(process.env.TENON_PROGRAM, ['schema'], { encoding: 'utf8', stdio: 'pipe' }), /nmae/);
});
