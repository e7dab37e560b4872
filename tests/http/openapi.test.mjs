// openapi.test.mjs - the API's description is true: what it lists is there, what is there is listed, and answers have its shapes.
import assert from 'node:assert/strict';
import addFormats from 'ajv-formats';
import Ajv from 'ajv/dist/2020.js';
import { execFile } from 'node:child_process';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { DATABASE, recordOf, startTenon } from './support.mjs';
import { Maker } from './values.mjs';
import { shape } from './shapes.mjs';

const tenon = await startTenon();
after(() => tenon.stop());
const { admin } = tenon.a;
const make = new Maker(tenon.schema, admin, shape);
const api = (await tenon.nobody.get('/openapi.json')).json;
const ABSENT = 2 ** 52 + 1;

function resolve(ref) {
    const found = ref.replace(/^#\//, '').split('/').reduce((at, key) => at?.[key], api);
    assert.ok(found, `${ref} points to something`);
    return found;
}

// What of a value breaks a schema: the words of JSON Schema that the description uses.
function faults(schema, value, at = '$') {
    if (schema.$ref) return faults(resolve(schema.$ref), value, at);
    if (schema.anyOf) {
        const all = schema.anyOf.map((s) => faults(s, value, at));
        return all.some((f) => f.length === 0) ? [] : all[0];
    }
    const types = [schema.type ?? []].flat();
    const type = value === null ? 'null' : Array.isArray(value) ? 'array' : Number.isInteger(value) ? 'integer' : typeof value;
    if (types.length && !types.includes(type) && !(type === 'integer'
        && types.includes('number'))) return [`${at}: ${type} is no ${types}`];
    const out = [];
    const say = (what) => out.push(`${at}: ${what}`);
    if (schema.enum && !schema.enum.includes(value)) say(`${value} is none of ${schema.enum}`);
    if (typeof value === 'string') {
        if (schema.maxLength !== undefined && [...value].length > schema.maxLength) say('too long');
        if (schema.pattern && !new RegExp(schema.pattern, 'u').test(value)) say(`${value} does not match ${schema.pattern}`);
        if (schema.format === 'date-time' && !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(value)) say(`${value} is no time`);
        if (schema.format === 'date' && !/^\d{4}-\d\d-\d\d$/.test(value)) say(`${value} is no date`);
    }
    if (typeof value === 'number') {
        if (schema.minimum !== undefined && value < schema.minimum) say(`${value} is below ${schema.minimum}`);
        if (schema.maximum !== undefined && value > schema.maximum) say(`${value} is above ${schema.maximum}`);
    }
    if (type === 'array' && schema.items) value.forEach((v, i) => out.push(...faults(schema.items, v, `${at}[${i}]`)));
    if (type === 'object') {
        for (const key of schema.required ?? []) if (!(key in value)) say(`${key} is missing`);
        for (const [key, v] of Object.entries(value)) {
            if (schema.properties?.[key]) out.push(...faults(schema.properties[key], v, `${at}.${key}`));
            else if (schema.properties && schema.additionalProperties === undefined) say(`${key} is not described`);
        }
    }
    return out;
}

test('it is OpenAPI 3.1, its references resolve and its operations have names of their own', () => {
    assert.match(api.openapi, /^3\.1\./);
    const names = [];
    const walk = (node) => {
        if (node === null || typeof node !== 'object') return;
        if (typeof node.$ref === 'string') resolve(node.$ref);
        if (typeof node.operationId === 'string') names.push(node.operationId);
        Object.values(node).forEach(walk);
    };
    walk(api);
    assert.ok(names.length > 50);
    assert.equal(new Set(names).size, names.length);
});

test('what the command line prints is what the server gives', async () => {
    assert.deepEqual(await tenon.cli('openapi'), api);
});

for (const entity of tenon.schema.filter((e) => !e.internal)) {
    test(`${entity.name} answer in the shapes that are described`, async () => {
        const { schemas } = api.components;
        assert.ok(schemas[entity.name], 'it is described');
        const answered = (f) => (!f.hidden && !f.transient) || (f.name === 'custom_fields' && !f.implicit);
        const shown = entity.fields.filter(answered).map((f) => f.name).sort();
        assert.deepEqual(Object.keys(schemas[entity.name].properties).sort(), shown);
        if (!entity.read_only && entity.name !== 'tenants') {
            const { record, answer } = await make.create(entity.name, 'max');
            assert.deepEqual(faults(schemas[entity.name], recordOf(answer)), []);
            const read = await admin.get(`/${entity.name}/${record.id}`);
            assert.deepEqual(faults(schemas[entity.name], recordOf(read)), []);
            assert.deepEqual(Object.keys(recordOf(read)).sort(), shown);
        }
        const list = await admin.get(`/${entity.name}?limit=50&count=exact`);
        assert.deepEqual(faults(schemas[`${entity.name}_list`], list.json), []);
    });
}

// JSON Schema as its authors read it (draft 2020-12), beside the plain reading above.
const ajv = new Ajv({ strict: false, allErrors: true });
addFormats(ajv);
ajv.addSchema({ $id: 'tenon:api', components: api.components });
function fits(name, answer, status = 200) {
    assert.equal(answer.status, status, answer.text.slice(0, 300));
    const valid = ajv.getSchema(`tenon:api#/components/schemas/${name}`);
    assert.ok(valid(answer.json), `${name}: ${ajv.errorsText(valid.errors)}`);
}

test('every answer that is seen fits its JSON Schema', async () => {
    for (const entity of tenon.schema.filter((e) => !e.internal)) {
        if (!entity.read_only && entity.name !== 'tenants') {
            const { record, answer } = await make.create(entity.name, 'min');
            fits(entity.name, answer, 201);
            fits(entity.name, await admin.get(`/${entity.name}/${record.id}`));
        }
        fits(`${entity.name}_list`, await admin.get(`/${entity.name}?limit=5&count=exact`));
        fits('problem', await admin.get(`/${entity.name}/${ABSENT}`), 404);
    }
    const client = recordOf(await admin.post('/clients', { name: 'Zanzibar Solar' }));
    fits('contacts', await admin.post(`/clients/${client.id}/contacts`, { name: 'Ann' }), 201);
    fits('contacts_list', await admin.get(`/clients/${client.id}/contacts`));
    fits('hits', await admin.get('/search?q=zanzibar'));
    fits('me', await admin.get('/me'));
    const bulk = await admin.post('/clients/bulk', { ids: [client.id, ABSENT], set: { industry: 'Energy' } });
    fits('bulk_result', bulk);
    fits('undo_result', await admin.post(`/change_sets/${bulk.json.change_set_id}/undo`, {}));
    fits('problem', await admin.post('/clients/bulk', {}), 400);
    fits('problem', await admin.post('/leads', { score: 'many' }), 422);
    const login = await tenon.nobody.post('/auth/login', { email: admin.email, password: admin.password });
    fits('token', login);
    const token = (text) => ({ headers: { authorization: `Bearer ${text}` } });
    const refreshed = await tenon.nobody.post('/auth/refresh', undefined, token(login.json.token));
    fits('token', refreshed);
    fits('problem', await tenon.nobody.post('/auth/refresh', undefined, token(login.json.token)), 401);
    assert.equal((await tenon.nobody.post('/auth/logout', undefined, token(refreshed.json.token))).status, 204);
    const csv = 'name,email\nAda,ada@import.example\nBen,not an address\n';
    const asCsv = { body: csv, headers: { 'content-type': 'text/csv' } };
    fits('import_result', await admin.request('POST', '/leads/import?dry_run=true', asCsv));
    const exported = await admin.get('/clients/export?format=json&filter[name][starts]=Zanzibar');
    fits('clients_list', { ...exported, json: { data: exported.json, next: null } });
});

// Runs a tool of the packages; what it printed.
const tool = (script, args) => new Promise((done) => {
    const env = { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' };
    execFile(process.execPath, [script, ...args], { env, maxBuffer: 64 << 20 }, (error, stdout, stderr) => {
        done({ status: error ? error.code ?? 1 : 0, text: stdout + stderr });
    });
});

// It is the same on every database, and reading it takes the linters longer than everything else here: the command line, which
// gives the same, prints it without one.
const linted = { skip: DATABASE === 'sqlite' ? false : 'the description is linted with SQLite' };

test('the linters of such descriptions find no fault', linted, async () => {
    const path = join(tenon.dir, 'openapi.json');
    const rules = join(tenon.dir, 'spectral.json');
    writeFileSync(path, JSON.stringify(api));
    writeFileSync(rules, JSON.stringify({ extends: ['spectral:oas'] }));
    const spectral = 'node_modules/@stoplight/spectral-cli/dist/index.js';
    const redocly = 'node_modules/@redocly/cli/bin/cli.js';
    for (const [script, args] of [[spectral, ['lint', '-r', rules]], [redocly, ['lint', '--extends=recommended']]]) {
        const done = await tool(script, [...args, path]);
        assert.equal(done.status, 0, done.text.slice(0, 3000));
        const broken = join(tenon.dir, 'broken.json');
        writeFileSync(broken, JSON.stringify({ openapi: api.openapi, info: { title: 1 }, paths: {} }));
        assert.notEqual((await tool(script, [...args, broken])).status, 0, 'it does find one');
    }
});

test('it stands at both addresses', async () => {
    const other = await tenon.nobody.request('GET', '/openapi.json', { raw: true });
    assert.deepEqual(other.json, api);
});

test('every path that the server answers under /api/v1 is described, with its method', async () => {
    const { routes } = await tenon.cli('routes');
    const missing = routes.filter((r) => r.path.startsWith('/api/v1/'))
        .filter((r) => !api.paths[r.path.slice('/api/v1'.length)]?.[r.method.toLowerCase()]);
    assert.deepEqual(missing.map((r) => `${r.method} ${r.path}`), []);
});

test('every path that is described is there', async () => {
    const missing = [];
    for (const [path, methods] of Object.entries(api.paths)) {
        for (const method of Object.keys(methods).filter((m) => /^(get|post|patch|put|delete)$/.test(m))) {
            if (path === '/events') continue; // never ends
            const json = method === 'get' || method === 'delete' ? undefined : {};
            const answer = await admin.request(method.toUpperCase(), path.replaceAll(/\{\w+\}/g, ABSENT), { json });
            const gone = answer.status === 405 || (answer.status === 404 && /nothing at this address/.test(answer.text));
            if (gone || answer.status >= 500) missing.push(`${method} ${path}: ${answer.status} ${answer.text.slice(0, 150)}`);
            if (answer.status >= 400) assert.deepEqual(faults(api.components.schemas.problem, answer.json), [],
                `${method} ${path}`);
        }
    }
    assert.deepEqual(missing, []);
});

test('every path of the API that the sources declare is described', () => {
    const declared = readdirSync('src/http').filter((f) => f.endsWith('.c')).flatMap((f) =>
        [...readFileSync(`src/http/${f}`, 'utf8').matchAll(/^ROUTE\("([A-Z]+)", "\/api\/v1(\/[^"]*)"/gm)].map((m) => [m[1],
            m[2]]));
    const undescribed = declared.filter(([method, path]) => !api.paths[path]?.[method.toLowerCase()]);
    assert.deepEqual(undescribed.map((r) => r.join(' ')), []);
});

test('the comparison can fail', () => {
    assert.equal(faults({ type: 'string', maxLength: 2 }, 'abc').length, 1);
    assert.equal(faults({ anyOf: [{ type: 'integer' }, { type: 'null' }] }, 'x').length, 1);
    assert.equal(faults({ type: 'object', properties: {} }, { extra: 1 }).length, 1);
    assert.deepEqual(faults({ anyOf: [{ type: 'integer' }, { type: 'null' }] }, null), []);
});
