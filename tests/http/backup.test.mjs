// backup.test.mjs - tenon backup, restore, tenant export and import: what comes back is what was there, or nothing does.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import {
    closeSync, existsSync, mkdirSync, openSync, readFileSync, readdirSync, rmSync, truncateSync, writeFileSync,
} from 'node:fs';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { Client, DATABASE, PROGRAM, Tenon, recordOf, run, startTenon } from './support.mjs';
import { Maker } from './values.mjs';
import { shape } from './shapes.mjs';

const NAUGHTY = ["'; DROP TABLE leads; --", 'Ω≈ç√∫˜µ≤≥÷', 'a\u0300', '\u202Etest\u202C', '🏳‍🌈', '\uFEFF', '\\',
    "O'Brien", '\\u0000', '%s%n', '田中さんにあげて下さい', 'null', '=1+1', ' kept at both ends '];

const tenon = await startTenon({ roles: ['sales_agent'] });
const others = [];
after(async () => {
    for (const other of others) await other.stop();
    await tenon.stop();
});
const { admin } = tenon.a;
const at = (name) => join(tenon.dir, name);
const cli = (...args) => run([...args, '--json', '--database', tenon.database], { cwd: tenon.dir });
const told = (done) => JSON.parse(done.stderr.trim().split('\n').filter((line) => line.startsWith('{"error"')).at(-1));
const code = (done) => told(done).errors[0].code;

// A database of its own, not yet made: what a restore fills.
function place() {
    const other = new Tenon({ empty: true });
    others.push(other);
    return other;
}
// The same in a file, whatever the tests run on: what is moved comes to another kind of database and back.
function filePlace() {
    const other = place();
    other.database = other.owner = `sqlite:${join(other.dir, 'tenon.db')}`;
    return other;
}
const into = (other, command, file, ...args) =>
    run([...command, file, '--json', '--database', other.databaseFor(command), ...args], { cwd: other.dir });
const inFile = DATABASE === 'sqlite';

// Keys of the first server open the second one's doors: they are kept, hashed.
const as = (other, client) => new Client(other, client.key, { email: client.email });
const listed = tenon.schema.filter((e) => !e.internal && !['sessions', 'audit_logs', 'api_keys'].includes(e.name));

// What a client reads of every entity, as it comes over the wire.
async function everything(client, entities = listed) {
    const all = {};
    for (const { name } of entities) {
        const parts = [];
        let cursor = '';
        do {
            const page = await client.get(`/${name}?sort=id&limit=200${cursor && `&cursor=${encodeURIComponent(cursor)}`}`);
            parts.push(`${page.status} ${page.text.replace(/urn:tenon:request:\w+/, '')}`); // each request has its own
            cursor = page.json?.next ?? '';
        } while (cursor);
        all[name] = parts.join('\n');
    }
    const bin = await client.get('/clients?trash=true&sort=id');
    all.bin = bin.text;
    return all;
}

// Of each entity one, with naughty strings and a stored file.
const make = new Maker(tenon.schema, admin, shape);
for (const entity of tenon.schema.filter((e) => !e.internal && !e.read_only && e.name !== 'tenants'))
    await make.create(entity.name, 'max');
for (const text of NAUGHTY) {
    const made = await admin.post('/clients', { name: text, description: `${text}\r\n${text}` });
    assert.equal(made.status, 201, made.text);
}
const file = recordOf(await admin.upload('/files', { name: 'bytes.bin' }, randomBytes(3 << 20), 'bytes.bin'));
const gone = recordOf(await admin.post('/clients', { name: 'Deleted' }));
assert.equal((await admin.delete(`/clients/${gone.id}`)).status, 204);
await tenon.b.admin.post('/clients', { name: 'Of the other company' });
writeFileSync(at('key'), randomBytes(32));
writeFileSync(at('other-key'), randomBytes(32));
writeFileSync(at('phrase'), 'correct horse battery staple\n');

test('a backup under write load holds every write that was acknowledged before it began, and is sound', async () => {
    const acknowledged = [];
    let running = true;
    const writers = Array.from({ length: 6 }, async (_, i) => {
        for (let n = 0; running; n++) {
            const made = await admin.post('/leads', { name: `Written ${i}.${n}`, next_step: NAUGHTY[n % NAUGHTY.length] });
            if (made.status !== 201) continue;
            acknowledged.push(recordOf(made).id);
            if (n % 3 === 0) await admin.patch(`/leads/${acknowledged.at(-1)}`, { city: `City ${n}` });
        }
    });
    while (acknowledged.length < 30) await new Promise((done) => setImmediate(done));
    const before = [...acknowledged];
    const done = await cli('backup', at('load.bak'));
    const during = acknowledged.length - before.length;
    running = false;
    await Promise.all(writers);
    assert.equal(done.status, 0, done.stderr);
    assert.ok(during > 0, 'nothing was written meanwhile');
    assert.ok(!readdirSync(tenon.dir).some((name) => name.includes('.partial')));
    const other = place();
    const restored = await into(other, ['restore'], at('load.bak'));
    assert.equal(restored.status, 0, restored.stdout + restored.stderr);
    assert.deepEqual(JSON.parse(restored.stdout).findings, []);
    await other.start();
    const there = new Set((await as(other, admin).all('/leads')).map((lead) => lead.id));
    assert.deepEqual(before.filter((id) => !there.has(id)), []);
});

test('a restored database answers every GET as the first one did, byte for byte, with its files', async () => {
    assert.equal((await cli('backup', at('all.bak'))).status, 0);
    const whole = JSON.parse((await run(['backup', 'verify', at('all.bak'), '--json'])).stdout);
    assert.equal(whole.tenants, 2);
    assert.ok(whole.rows > 500 && whole.files >= 1 && whole.bytes >= 3 << 20, JSON.stringify(whole));
    const other = place();
    const restored = await into(other, ['restore'], at('all.bak'));
    assert.equal(restored.status, 0, restored.stdout + restored.stderr);
    await other.start();
    for (const client of [admin, tenon.a.sales_agent, tenon.b.admin])
        assert.deepEqual(await everything(as(other, client)), await everything(client));
    const content = async (server) => Buffer.from(await (await fetch(`${server.url}/api/v1/files/${file.id}/content`,
        { headers: { authorization: `Bearer ${admin.key}` } })).arrayBuffer());
    const first = await content(tenon);
    assert.equal(first.length, 3 << 20);
    assert.ok((await content(other)).equals(first));
    const found = (server) => as(server, admin).get('/clients?q=deleted');
    assert.equal((await found(other)).text, (await found(tenon)).text);
    assert.equal((await other.cli('audit', 'verify')).tenants.every((t) => t.broken_id === 0), true);
    const made = await as(other, admin).post('/clients', { name: 'After' });
    assert.equal(made.status, 201, 'life goes on');
});

test('an encrypted backup opens with its key only, whichever way it was locked', async () => {
    for (const [option, right, wrong, otherOption] of [['--key-file', 'key', 'other-key', '--passphrase-file'],
        ['--passphrase-file', 'phrase', 'password', '--key-file']]) {
        tenon.secret('not the passphrase');
        const bak = at(`${right}.bak`);
        assert.equal((await cli('backup', bak, option, at(right))).status, 0);
        assert.ok(!readFileSync(bak).includes('tenant-a'), 'nothing of it can be read');
        const check = (...args) => run(['backup', 'verify', bak, '--json', ...args]);
        assert.equal((await check(option, at(right))).status, 0);
        assert.equal(code(await check(option, at(wrong))), 'wrong_key');
        assert.equal(code(await check()), 'key_needed');
        assert.equal(code(await check(otherOption, at('key'))), 'key_needed');
        const other = place();
        assert.equal((await into(other, ['restore'], bak, option, at(wrong))).status, 1);
        assert.ok(!existsSync(join(other.dir, 'tenon.db')), 'nothing was restored');
        assert.ok(!existsSync(join(other.dir, 'files')), 'nothing was restored');
        assert.equal((await into(other, ['restore'], bak, option, at(right))).status, 0);
    }
});

test('a byte that was changed anywhere is noticed, and so are a missing end and what was added', async () => {
    const sound = readFileSync(at('all.bak'));
    const bad = at('bad.bak');
    const refused = async (bytes, what) => {
        writeFileSync(bad, bytes);
        const done = await run(['backup', 'verify', bad, '--json']);
        assert.equal(done.status, 1, what);
        return code(done);
    };
    for (let i = 0; i < 24; i++) {
        const offset = Math.floor((sound.length - 1) * i / 23);
        const bytes = Buffer.from(sound);
        bytes[offset] ^= 1 << (i % 8);
        await refused(bytes, `byte ${offset}`);
    }
    for (const length of [0, 7, 20, 200, sound.length >> 1, sound.length - 1]) {
        const said = await refused(sound.subarray(0, length), `${length} bytes`);
        assert.ok(['backup_truncated', 'not_a_backup'].includes(said), `${length} bytes: ${said}`);
    }
    assert.equal(await refused(Buffer.concat([sound, Buffer.from('x')]), 'added'), 'backup_damaged');
    const newer = Buffer.from(sound);
    newer.writeUInt32LE(99, 8);
    assert.equal(await refused(newer, 'newer'), 'backup_newer');
    const other = place();
    truncateSync(bad, sound.length - 40);
    const done = await into(other, ['restore'], bad);
    assert.equal(done.status, 1);
    assert.deepEqual(readdirSync(other.dir).filter((name) => /tenon\.db|files/.test(name)), [], 'nothing is left of it');
});

test('a restore does not write over what is there', async () => {
    const other = place();
    await other.cli('migrate');
    assert.equal(code(await into(other, ['restore'], at('all.bak'))), 'not_empty');
    const full = place();
    const files = join(full.dir, 'files');
    mkdirSync(files);
    writeFileSync(join(files, 'something'), 'x');
    assert.equal(code(await into(full, ['restore'], at('all.bak'))), 'not_empty');
    rmSync(join(files, 'something'));
    assert.equal((await into(full, ['restore'], at('all.bak'))).status, 0, 'an empty folder is none');
});

test('a restore that is killed leaves nothing that would be served, and can be done again', async () => {
    const other = place();
    const child = spawn(PROGRAM, ['restore', at('all.bak'), '--database', other.owner], { cwd: other.dir, stdio: 'ignore' });
    const ended = new Promise((done) => child.on('exit', done));
    const begun = () => readdirSync(other.dir).some((name) => name.includes('restoring'));
    while (!begun() && child.exitCode === null && child.signalCode === null) await new Promise((done) => setImmediate(done));
    child.kill('SIGKILL');
    await ended;
    assert.ok(!existsSync(join(other.dir, 'tenon.db')));
    const served = await run(['tenant', 'list', '--json', '--database', other.database], { cwd: other.dir });
    assert.equal(served.status, 1, 'nobody is served from it');
    const again = await into(inFile ? other : place(), ['restore'], at('all.bak'));
    assert.equal(again.status, 0, again.stderr);
    if (!inFile) return;
    assert.deepEqual(readdirSync(other.dir).filter((name) => name.includes('restoring')), []);
});

test('a full disk is told, and no half of a backup stays', { skip: !existsSync('/dev/full') }, async () => {
    const full = openSync('/dev/full', 'w');
    const child = spawn(PROGRAM, ['backup', '-', '--json', '--database', tenon.database],
        { cwd: tenon.dir, stdio: ['ignore', full, 'pipe'] });
    closeSync(full);
    let stderr = '';
    child.stderr.on('data', (part) => { stderr += part; });
    const status = await new Promise((done) => child.on('close', done));
    assert.equal(status, 1);
    assert.equal(code({ stderr }), 'disk_full');
});

test('a stream is a backup too', async () => {
    const done = await new Promise((finish) => {
        const child = spawn(PROGRAM, ['backup', '-', '--database', tenon.database],
            { cwd: tenon.dir, stdio: ['ignore', 'pipe', 'ignore'] });
        const parts = [];
        child.stdout.on('data', (part) => parts.push(part));
        child.on('close', (status) => finish({ status, bytes: Buffer.concat(parts) }));
    });
    assert.equal(done.status, 0);
    writeFileSync(at('stream.bak'), done.bytes);
    assert.equal((await run(['backup', 'verify', at('stream.bak')])).status, 0);
});

// Companies have secrets, so what leaves is encrypted.
const sealed = () => {
    writeFileSync(at('seal'), 'kept by those who moved it', { mode: 0o600 });
    return ['--passphrase-file', at('seal')];
};

test('one company moves to another installation and back, and answers the same; the others stay', async () => {
    const exported = await cli('tenant', 'export', String(tenon.a.id), at('a.tenant'), ...sealed());
    assert.equal(exported.status, 0, exported.stderr);
    assert.equal(JSON.parse(exported.stdout).tenants, 1);
    const other = filePlace();
    await other.cli('migrate');
    const imported = await into(other, ['tenant', 'import'], at('a.tenant'), ...sealed());
    assert.equal(imported.status, 0, imported.stdout + imported.stderr);
    assert.equal(JSON.parse(imported.stdout).id, tenon.a.id);
    assert.deepEqual((await other.cli('tenant', 'list')).tenants.map((t) => t.id), [tenon.a.id]);
    await other.start();
    assert.deepEqual(await everything(as(other, admin)), await everything(admin));
    assert.equal((await as(other, tenon.b.admin).get('/me')).status, 401);
    assert.equal((await other.cli('audit', 'verify')).tenants[0].broken_id, 0);
    assert.equal((await other.cli('verify')).count, 0);
    const back = place();
    await back.cli('migrate');
    await other.cli('tenant', 'export', String(tenon.a.id), join(other.dir, 'back.tenant'), ...sealed());
    assert.equal((await into(back, ['tenant', 'import'], join(other.dir, 'back.tenant'), ...sealed())).status, 0);
    await back.start();
    assert.deepEqual(await everything(as(back, admin)), await everything(admin));
});

test('a company that is there, or whose short name is, is not taken over; with another name it is', async () => {
    assert.equal(code(await cli('tenant', 'import', at('a.tenant'), ...sealed())), 'already_there');
    const other = place();
    await other.cli('migrate');
    await other.tenant('Tenant A');
    const taken = await into(other, ['tenant', 'import'], at('a.tenant'), ...sealed());
    assert.equal(code(taken), 'slug_taken');
    assert.equal((await other.cli('tenant', 'list')).tenants.length, 1);
    const named = await into(other, ['tenant', 'import'], at('a.tenant'), ...sealed(),
        '--slug', 'tenant-a-2', '--name', 'Tenant A moved');
    assert.equal(named.status, 0, named.stderr);
    assert.ok((await other.cli('tenant', 'list')).tenants.some((t) => t.id === tenon.a.id && t.name === 'Tenant A moved'));
    assert.equal((await other.cli('verify')).count, 0);
    assert.equal(code(await into(place(), ['restore'], at('a.tenant'), ...sealed())), 'one_tenant');
    assert.equal(code(await into(other, ['tenant', 'import'], at('all.bak'))), 'many_tenants');
});
