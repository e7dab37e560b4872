// fixture.mjs - keeps the database of a release, so that every later one is tested to upgrade it (tests/http/upgrade.test.mjs).
//
//   make all && node tools/fixture.mjs tests/data/releases/0.1.0
//
// Makes a small database with the release build (TENON_PROGRAM names another): plain leads in two companies, and rows made by
// hand that are hard to carry over; once in SQLite and once in a PostgreSQL of its own. Writes FOLDER/sqlite and FOLDER/postgres:
// the compressed database, its key, its files, and expect.json with what the API of that release said about it.
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';

process.env.TENON_PROGRAM ??= 'build/release/tenon';
const { Client, PASSWORD, Tenon, recordOf } = await import('../tests/http/support.mjs');
const { Cluster, OWNER } = await import('../tests/http/postgres.mjs');

const LEADS = 80;
const NAUGHTY = ["'; DROP TABLE leads; --", '<script>alert(1)</script>', '{{7*7}} ${7*7} %s%n%x', '田中さんにあげて下さい', 'שלום עולם',
    '\u202Etest\u202C', '🏳‍🌈 \u{1F469}\u200D\u{1F4BB}', '=1+1', "O'Brien \\ \\u0000 &lt;b&gt;", 'a\u0300 İ ß ﬁ', '\uFEFFx\u200B'];
// What signing in and looking changes by itself, and what only the server's own words are.
const SKIPPED = new Set(['sessions', 'events', 'audit_logs', 'idempotency_keys', 'encrypted_values', 'vault_keys', 'api_keys']);
const PER_ENTITY = 12;

async function ok(promise, status) {
    const answer = await promise;
    if (answer.status !== status) throw new Error(`${answer.status}, not ${status}: ${answer.text}`);
    return recordOf(answer);
}

// Rows that are hard to carry over; returns what else to look for afterwards.
async function hardRows(admin, schema) {
    const has = (name) => schema.some((e) => e.name === name);
    const leads = [];
    for (const [i, text] of NAUGHTY.entries()) {
        leads.push(await ok(admin.post('/leads', { name: `${text} ${i}`, company_name: text, email: `hard${i}@naughty.example`,
            description: `${text}\n\n# ${text}\n`, estimated_value: i % 2 ? '0.01' : '99999999.99', next_step: null }), 201));
    }
    await ok(admin.patch(`/leads/${leads[0].id}`, { next_step: 'Call "back"' }), 200);
    await ok(admin.delete(`/leads/${leads[1].id}`), 204);
    await ok(admin.delete(`/leads/${leads[2].id}`), 204);
    await ok(admin.post(`/leads/${leads[2].id}/restore`), 200);
    const client = await ok(admin.post('/clients', { name: 'Zoë & Søn GmbH 茶' }), 201);
    await ok(admin.post('/contacts', { name: 'Ünïcode Ö', client_id: client.id, email: 'o@naughty.example' }), 201);
    await ok(admin.post('/notes', { subject_type: 'leads', subject_id: leads[3].id, content: NAUGHTY.join('\n') }), 201);
    const files = [];
    if (schema.some((e) => e.name === 'files' && e.upload)) {
        const bytes = Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * 7919) % 256));
        const about = { subject_type: 'leads', subject_id: leads[3].id, name: 'Größe "1".bin' };
        const { id, sha256 } = await ok(admin.upload('/files', about, bytes, 'x.bin'), 201);
        files.push({ id, sha256 });
    }
    const ids = leads.slice(4, 8).map((lead) => lead.id);
    const bulk = await ok(admin.post('/leads/bulk', { ids, set: { next_step: 'Before the bulk change is undone' } }), 200);
    const undone = await ok(admin.post('/leads/bulk', { ids, set: { next_step: 'undone' } }), 200);
    await ok(admin.post(`/change_sets/${undone.change_set_id}/undo`), 200);
    if (has('import_runs')) {
        const csv = 'Name,Email\nImported Ångström,i1@import.example\nBad,nowhere\nImported =2+2,i2@import.example\n';
        await ok(admin.request('POST', '/leads/import', { body: csv, headers: { 'content-type': 'text/csv' } }), 200);
    }
    await ok(admin.post('/saved_views', { name: 'Heiß 🔥', entity: 'leads', query: 'sort=-created_at' }), 201).catch(() => null);
    return { files, undo: { id: bulk.change_set_id, ids, next_step: null } };
}

async function expectations(client, schema) {
    const lists = [];
    for (const entity of schema.filter((e) => !SKIPPED.has(e.name))) {
        for (const trash of entity.append_only ? [''] : ['', '&trash=true']) {
            const path = `/${entity.name}?sort=id&count=exact&limit=${PER_ENTITY}${trash}`;
            const answer = await client.get(path);
            if (answer.status === 200 && answer.json.total > 0)
                lists.push({ path, total: answer.json.total, data: answer.json.data });
        }
    }
    const newest = await client.get('/leads?sort=-id&count=exact&limit=20');
    lists.push({ path: '/leads?sort=-id&count=exact&limit=20', total: newest.json.total, data: newest.json.data });
    const searches = [];
    for (const q of ['naughty', '田中', 'שלום', 'Angstrom', 'Brien', 'Søn']) {
        const found = await client.get(`/leads?limit=200&sort=id&q=${encodeURIComponent(q)}`);
        searches.push({ q, ids: found.json.data.map((lead) => lead.id) });
    }
    return { lists, searches };
}

async function make(folder, database) {
    const tenon = new Tenon({ at: database.at });
    try {
        await tenon.cli('migrate');
        await tenon.cli('demo', '--fill', String(LEADS), '--tenants', '2', '--password-file', tenon.secret());
        const schema = (await tenon.cli('schema')).entities;
        await tenon.start();
        const accounts = [];
        for (const { id } of (await tenon.cli('tenant', 'list')).tenants) {
            const email = `admin${accounts.length + 1}@release.example`;
            await tenon.cli('user', 'create', email, '--tenant', String(id), '--role', 'tenant_admin', '--password-file',
                tenon.secret());
            const { json } = await new Client(tenon, null).post('/auth/login', { email, password: PASSWORD });
            const client = new Client(tenon, json.token);
            const more = await hardRows(client, schema);
            accounts.push({ tenant: id, email, password: PASSWORD, ...await expectations(client, schema), ...more });
        }
        await tenon.halt();
        rmSync(folder, { recursive: true, force: true });
        mkdirSync(folder, { recursive: true });
        const bytes = database.take(tenon);
        const size = { [constants.BROTLI_PARAM_LGWIN]: 24, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
        writeFileSync(join(folder, `${database.file}.br`), brotliCompressSync(bytes, { params: size }));
        cpSync(join(tenon.dir, database.key), join(folder, 'key'));
        if (existsSync(join(tenon.dir, 'files'))) cpSync(join(tenon.dir, 'files'), join(folder, 'files'), { recursive: true });
        writeFileSync(join(folder, 'expect.json'), `${JSON.stringify({ accounts }, null, 1)}\n`);
    } finally {
        await tenon.halt('SIGKILL');
        rmSync(tenon.dir, { recursive: true, force: true });
    }
}

const target = process.argv[2];
if (!target) {
    console.error('usage: node tools/fixture.mjs tests/data/releases/VERSION');
    process.exit(2);
}
await make(join(target, 'sqlite'), { file: 'tenon.db', key: 'tenon.db.key',
    take: (tenon) => readFileSync(join(tenon.dir, 'tenon.db')) });
const cluster = await Cluster.start();
try {
    const name = cluster.empty('release');
    await make(join(target, 'postgres'), { file: 'tenon.sql', key: 'tenon.key',
        take: () => Buffer.from(cluster.dump(name, '--no-owner')),
        at: { database: cluster.url(name), owner: cluster.url(name, OWNER) } });
} finally {
    await cluster.stop();
}
