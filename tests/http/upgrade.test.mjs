// upgrade.test.mjs - the databases of earlier releases become today's: every folder of tests/data/releases is upgraded, checked,
// and says over HTTP what its own release said (tools/fixture.mjs).
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { brotliDecompressSync } from 'node:zlib';
import { OWNER, cluster } from './postgres.mjs';
import { Client, PROGRAM, Tenon, run } from './support.mjs';

const RELEASES = 'tests/data/releases';
const releases = readdirSync(RELEASES, { withFileTypes: true }).filter((e) => e.isDirectory()).map((e) => e.name).sort();

// How a kept database becomes one that a program can open.
const databases = {
    sqlite: {
        file: 'tenon.db.br', key: 'tenon.db.key',
        put(bytes) {
            const tenon = new Tenon({ at: {} });
            tenon.database = tenon.owner = `sqlite:${join(tenon.dir, 'tenon.db')}`;
            writeFileSync(join(tenon.dir, 'tenon.db'), bytes, { mode: 0o600 });
            return tenon;
        },
    },
    postgres: {
        file: 'tenon.sql.br', key: 'tenon.key',
        put(bytes) {
            server.template(); // the roles that it speaks of
            const name = server.empty(`release${++kept}`);
            server.sql(name, bytes.toString(), OWNER);
            return new Tenon({ at: { database: server.url(name), owner: server.url(name, OWNER), inside: name } });
        },
    },
};
const server = await cluster();
let kept = 0;

function unpack(folder, database) {
    const tenon = database.put(brotliDecompressSync(readFileSync(join(folder, database.file))));
    writeFileSync(join(tenon.dir, database.key), readFileSync(join(folder, 'key')), { mode: 0o600 });
    if (existsSync(join(folder, 'files'))) cpSync(join(folder, 'files'), join(tenon.dir, 'files'), { recursive: true });
    return tenon;
}

// A company gets the rights and first records that have come since (tenant_setup.h), and remembers that it has them.
const FILLED = /^.(role_permissions|pipelines|pipeline_stages|lost_reasons|call_dispositions)\b/;
const noted = (path, key) => /^last_/.test(key) || (/^.tenants\b/.test(path) && ['version', 'updated_at'].includes(key));

// What differs between a record as it was told and as it is told now; a later release may tell more.
function changed(path, then, now) {
    return Object.keys(then).filter((key) => !noted(path, key))
        .filter((key) => JSON.stringify(then[key]) !== JSON.stringify(now?.[key]))
        .map((key) => `${then.id} ${key}: ${JSON.stringify(then[key])} became ${JSON.stringify(now?.[key])}`);
}

async function signIn(tenon, { email, password }) {
    const answer = await new Client(tenon, null).post('/auth/login', { email, password });
    assert.equal(answer.status, 200, answer.text);
    return new Client(tenon, answer.json.token);
}

async function differences(client, account) {
    const faults = [];
    for (const { path, total, data } of account.lists) {
        const answer = await client.get(path);
        assert.equal(answer.status, 200, `${path}: ${answer.text}`);
        const kept = FILLED.test(path) ? answer.json.total >= total : answer.json.total === total;
        if (!kept) faults.push(`${path}: ${total} records became ${answer.json.total}`);
        const now = new Map(answer.json.data.map((row) => [row.id, row]));
        for (const row of data) faults.push(...changed(path, row, now.get(row.id)).map((fault) => `${path}: ${fault}`));
    }
    for (const { q, ids } of account.searches) {
        const answer = await client.get(`/leads?limit=200&sort=id&q=${encodeURIComponent(q)}`);
        const found = answer.json.data.map((lead) => lead.id);
        if (JSON.stringify(found) !== JSON.stringify(ids)) faults.push(`search ${q}: ${ids} became ${found}`);
    }
    return faults;
}

async function lookAt(tenon, account) {
    const client = await signIn(tenon, account);
    assert.deepEqual(await differences(client, account), []);
    // The check can fail: told other values, it finds them.
    const [first, ...rest] = account.lists;
    const lied = { ...first, data: first.data.map((row) => ({ ...row, name: 'Somebody else' })) };
    assert.equal((await differences(client, { searches: [], lists: [lied, ...rest] })).length, first.data.length);
    for (const { id, sha256 } of account.files) {
        const answer = await fetch(`${tenon.url}/api/v1/files/${id}/content`,
            { headers: { authorization: `Bearer ${client.key}` } });
        assert.equal(createHash('sha256').update(Buffer.from(await answer.arrayBuffer())).digest('hex'), sha256);
    }
    // What was done before the upgrade can be undone after it, and work goes on.
    const { id, ids, next_step: step } = account.undo;
    const undone = await client.post(`/change_sets/${id}/undo`);
    assert.deepEqual([undone.status, undone.json.conflicts, undone.json.undone], [200, 0, ids.length], undone.text);
    for (const lead of ids) assert.equal((await client.get(`/leads/${lead}`)).json.next_step, step);
    const made = await client.post('/leads', { name: 'After the upgrade', email: `new${account.tenant}@x.example` });
    assert.equal(made.status, 201, made.text);
}

for (const release of releases) {
    for (const [name, database] of Object.entries(databases)) {
        const folder = join(RELEASES, release, name);
        test(`a ${name} database of ${release} becomes one of today`, async (t) => {
            const { accounts } = JSON.parse(readFileSync(join(folder, 'expect.json'), 'utf8'));
            const tenon = unpack(folder, database);
            t.after(() => tenon.stop());
            const before = JSON.parse((await run(['migrate', '--check', '--json', '--database', tenon.owner])).stdout);
            const done = await tenon.cli('migrate');
            assert.equal(done.applied === 0, before.current, 'what waited was applied');
            assert.equal((await tenon.cli('migrate', '--check')).current, true);
            const whole = await tenon.cli('verify');
            assert.ok(whole.count === 0 && whole.rows > 500 && whole.files >= 2, JSON.stringify(whole));
            await tenon.start();
            for (const account of accounts) await lookAt(tenon, account);
            assert.equal((await tenon.cli('verify')).count, 0);
            const health = await tenon.cli('doctor');
            assert.equal(health.ok, true, JSON.stringify(health));
        });
    }
}

const rows = (tenon, sql) => server.sql(tenon.inside, sql).map((row) => row.join(' '));

test('of several upgrades of one PostgreSQL at once, one does it and the others wait', async (t) => {
    const tenon = unpack(join(RELEASES, '0.1.0-alpha.1', 'postgres'), databases.postgres);
    t.after(() => tenon.stop());
    const waiting = Number(rows(tenon, 'SELECT count(*) FROM migrations'));
    const done = await Promise.all([1, 2, 3].map(() => tenon.cli('migrate')));
    assert.deepEqual(done.map((each) => each.applied > 0).sort(), [false, false, true]);
    const now = Number(rows(tenon, 'SELECT count(*) FROM migrations'));
    assert.equal(Math.max(...done.map((each) => each.applied)), now - waiting);
    assert.equal((await tenon.cli('verify')).count, 0);
});

test('an upgrade of a PostgreSQL that fails, or is killed, leaves it as it was; a server says that it has to be upgraded',
    async (t) => {
        const tenon = unpack(join(RELEASES, '0.1.0-alpha.1', 'postgres'), databases.postgres);
        t.after(() => tenon.stop());
        await assert.rejects(tenon.start(), (error) => /run tenon migrate/.test(error.message));
        tenon.server = null;
        const shape = () => rows(tenon, 'SELECT table_name, column_name, data_type FROM information_schema.columns'
            + " WHERE table_schema = 'public' ORDER BY 1, 2");
        const before = shape();
        rows(tenon, "UPDATE leads SET email = 'hard3#naughty.example' WHERE email = 'hard3@naughty.example'");
        const refused = await run(['migrate', '--database', tenon.owner], { cwd: tenon.dir });
        assert.equal(refused.status, 1);
        assert.match(refused.stderr, /not as they must be after the upgrade/);
        assert.deepEqual(shape(), before);
        assert.deepEqual(rows(tenon, 'SELECT max(version) FROM migrations'), ['1']);
        rows(tenon, "UPDATE leads SET email = 'hard3@naughty.example' WHERE email = 'hard3#naughty.example'");
        for (let i = 0; i < 8; i++) {
            const child = spawn(PROGRAM, ['migrate', '--database', tenon.owner], { cwd: tenon.dir, stdio: 'ignore' });
            const ended = new Promise((done) => child.on('exit', done));
            setTimeout(() => child.kill('SIGKILL'), 5 + 40 * i);
            await ended;
            const version = Number(rows(tenon, 'SELECT max(version) FROM migrations'));
            if (version > 1) break; // it was faster
            assert.deepEqual(shape(), before, `killed after ${5 + 40 * i} ms`);
        }
        await tenon.cli('migrate');
        assert.equal((await tenon.cli('verify')).count, 0);
    });

test('after an upgrade a company has what a new one starts with, and what it took away stays away', async (t) => {
    const tenon = unpack(join(RELEASES, '0.1.0-alpha.1', 'postgres'), databases.postgres);
    t.after(() => tenon.stop());
    const [old, other] = rows(tenon, 'SELECT id FROM tenants ORDER BY id');
    const grants = (company) => rows(tenon, 'SELECT r.name, p.resource, p.action, p.scope FROM role_permissions p JOIN roles r '
        + `ON r.tenant_id = p.tenant_id AND r.id = p.role_id WHERE p.tenant_id = ${company} AND p.deleted_at IS NULL `
        + 'ORDER BY 1, 2, 3');
    const many = (table, company) => rows(tenon, `SELECT count(*) FROM ${table} WHERE tenant_id = ${company}`)[0];
    rows(tenon, `UPDATE role_permissions SET deleted_at = created_at WHERE tenant_id = ${old} AND resource = 'clients'`);
    assert.ok(!grants(old).some((grant) => / (clients|deals) /.test(grant)));
    await tenon.cli('migrate');
    const made = await tenon.cli('tenant', 'create', 'Fresh', '--admin', 'fresh@x.example', '--password-file',
        tenon.secret('a sentence of fresh'));
    const fresh = grants(made.id);
    assert.ok(fresh.some((grant) => grant === 'supervisor deals create all'), fresh.slice(0, 9).join());
    assert.deepEqual(grants(other), fresh);
    assert.deepEqual(grants(old), fresh.filter((grant) => !grant.includes(' clients ')));
    for (const table of ['pipelines', 'pipeline_stages', 'lost_reasons', 'call_dispositions', 'lead_statuses'])
        assert.equal(many(table, old), many(table, made.id), table);
    await tenon.cli('migrate');
    assert.equal(grants(other).length, fresh.length, 'once');
});

test('a PostgreSQL that is newer than the program is refused', async (t) => {
    const tenon = unpack(join(RELEASES, '0.1.0', 'postgres'), databases.postgres);
    t.after(() => tenon.stop());
    await tenon.cli('migrate');
    rows(tenon, "INSERT INTO migrations SELECT 9999, 'of tomorrow', checksum, applied_at FROM migrations LIMIT 1");
    const refused = await run(['migrate', '--database', tenon.owner], { cwd: tenon.dir });
    assert.match(refused.stderr, /made by a newer version of Tenon/);
});

test('a server that starts on an old database upgrades it by itself and keeps the old one', async (t) => {
    const folder = join(RELEASES, '0.1.0-alpha.1', 'sqlite'); // knows the first migration only
    const tenon = unpack(folder, databases.sqlite);
    t.after(() => tenon.stop());
    const bytes = readFileSync(join(tenon.dir, 'tenon.db'));
    await tenon.start();
    assert.deepEqual(readFileSync(join(tenon.dir, 'tenon.db.before-0002')), bytes);
    assert.ok(!existsSync(join(tenon.dir, 'tenon.db.upgrading')));
    const answer = await signIn(tenon, JSON.parse(readFileSync(join(folder, 'expect.json'), 'utf8')).accounts[0]);
    assert.equal((await answer.get('/import_runs')).status, 200);
    assert.equal((await answer.get('/pipelines')).json.data.length, 1, 'what has come since');
    assert.deepEqual(await tenon.cli('migrate'), { applied: 0, current: true, kept: null });
});


test('what would not be as it must be stops the upgrade, unless that is asked for', async (t) => {
    const tenon = unpack(join(RELEASES, '0.1.0-alpha.1', 'sqlite'), databases.sqlite);
    t.after(() => tenon.stop());
    const path = join(tenon.dir, 'tenon.db');
    const text = readFileSync(path, 'latin1').replaceAll('hard3@naughty.example', 'hard3#naughty.example');
    const spoilt = Buffer.from(text, 'latin1');
    writeFileSync(path, spoilt);
    const refused = await run(['migrate', '--database', tenon.database]);
    assert.equal(refused.status, 1);
    assert.match(refused.stderr, /not as they must be after the upgrade.*the database is as it was:\n {2}\w+ \d+ .*\n/);
    assert.deepEqual(readFileSync(path), spoilt);
    assert.ok((await tenon.cli('migrate', '--unverified')).applied > 0);
    assert.deepEqual(readFileSync(join(tenon.dir, 'tenon.db.before-0002')), spoilt);
});
