// verify.test.mjs - tenon verify: nothing is found after everything that a server does, and what was damaged is named.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, readdirSync, unlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { recordOf, run, startTenon } from './support.mjs';
import { Maker } from './values.mjs';
import { shape } from './shapes.mjs';

const tenon = await startTenon();
after(() => tenon.stop());
const { admin } = tenon.a;
const verify = async (...args) => {
    const done = await run(['verify', '--json', '--database', tenon.database, ...args], { cwd: tenon.dir });
    return { ...done, said: JSON.parse(done.stdout || '{}') };
};
const stored = () => join(tenon.dir, 'files', String(tenon.a.id));
const contents = () => readdirSync(stored()).map((part) => join(stored(), part))
    .flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)));

test('records of every entity, changed, deleted, restored and undone, while the server runs: nothing is found', async () => {
    const make = new Maker(tenon.schema, admin, shape);
    const entities = tenon.schema.filter((e) => !e.internal && !e.read_only && e.name !== 'tenants');
    for (const entity of entities) {
        const { record } = await make.create(entity.name, 'max');
        if (entity.append_only) continue;
        const path = `/${entity.name}/${record.id}`;
        const gone = await admin.delete(path);
        if (gone.status === 204) await admin.post(`${path}/restore`);
    }
    assert.ok(entities.length > 10);
    const done = await verify();
    assert.deepEqual(done.said.findings, [], done.stderr);
    assert.equal(done.status, 0);
    assert.ok(done.said.rows > 300 && done.said.files >= 1, done.stdout);
});

// A row of an import may fail after its record was made and is then taken back alone, with what the log said of it.
test('the log holds together over all that one write may do: rows that fail in between, many records, undone', async () => {
    const row = (i) => `${i % 5 === 2 ? 'Paid' : 'Draft'},${i % 3 ? 'Offer' : `New ${i}`} Ltd,2026-01-05,2031-01-05`;
    const rows = Array.from({ length: 30 }, (_, i) => row(i));
    const answer = await admin.request('POST', '/invoices/import?create_missing=true', {
        body: `Status,Client,Issue Date,Due Date\n${rows.join('\n')}\n`, headers: { 'content-type': 'text/csv' } });
    assert.deepEqual([answer.json?.new, answer.json?.bad], [24, 6], answer.text);
    const chain = async () => (await tenon.cli('audit', 'verify')).tenants.find((t) => t.tenant_id === tenon.a.id);
    const imported = await chain();
    assert.equal(imported.broken_id, 0);
    const undone = await admin.post(`/change_sets/${answer.json.change_set_id}/undo`);
    assert.equal(undone.json?.conflicts, 0, undone.text);
    const after = await chain();
    assert.equal(after.broken_id, 0);
    assert.ok(after.entries > imported.entries, `${after.entries} after ${imported.entries}`);
});

test('one company is looked at alone', async () => {
    const all = (await verify()).said.rows;
    const one = (await verify('--tenant', String(tenon.b.id))).said.rows;
    assert.ok(one > 50 && one < all, `${one} of ${all}`);
});

test('a stored file that was damaged, lost or slipped in is named, and the status tells', async () => {
    const file = recordOf(await admin.upload('/files', { name: 'plan.txt' }, 'the plan'));
    const path = contents().find((p) => readFileSync(p, 'utf8') === 'the plan');
    writeFileSync(path, 'the plot');
    const damaged = await verify();
    assert.equal(damaged.status, 1);
    assert.deepEqual(damaged.said.findings.map((f) => [f.tenant_id, f.entity, f.id, f.field]),
        [[tenon.a.id, 'files', file.id, 'sha256']]);
    unlinkSync(path);
    const lost = await verify();
    assert.deepEqual(lost.said.findings.map((f) => [f.entity, f.id, f.field]), [['files', file.id, 'storage_key']]);
    writeFileSync(path, 'the plan');
    mkdirSync(join(stored(), 'ff'), { recursive: true });
    const stray = join(stored(), 'ff', 'f'.repeat(64));
    writeFileSync(stray, 'x');
    utimesSync(stray, 1000, 1000);
    const slipped = await verify();
    assert.deepEqual(slipped.said.findings.map((f) => f.entity), ['file store']);
    assert.equal((await verify('--no-files')).status, 0);
    unlinkSync(stray);
    assert.equal((await verify()).status, 0);
    assert.ok(existsSync(path));
});

test('in words, each finding is a line and the last one sums up', async () => {
    const done = await run(['verify', '--database', tenon.database], { cwd: tenon.dir });
    assert.match(done.stdout, /^\d+ records and \d+ files: all is as it must be\.\n$/);
});
