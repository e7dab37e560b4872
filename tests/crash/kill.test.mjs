// kill.test.mjs - the server is killed without warning, again and again, under mixed writes: what it answered as saved is there
// afterwards, nothing is half there, and it is back at once. CRASH_CYCLES (15) says how often.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { recordOf, startTenon } from '../http/support.mjs';

const CYCLES = Number(process.env.CRASH_CYCLES ?? 15);
const WRITERS = 12;
const READY_MS = 2000;

const tenon = await startTenon();
after(() => tenon.stop());
const { admin } = tenon.a;

// What was answered as saved: id -> { name, step, deleted }.
const promised = new Map();
let serial = 0;
let bulks = 0;

// Creates, changes and deletes until the server is gone.
async function write(running) {
    while (running.on) {
        const name = `Lead ${++serial}`;
        try {
            const made = await admin.post('/leads', { name });
            if (made.status !== 201) continue;
            const { id } = recordOf(made);
            const known = { name, step: null, maybe: null, deleted: false, maybeDeleted: false };
            promised.set(id, known);
            known.maybe = `step ${serial}`;
            const changed = await admin.patch(`/leads/${id}`, { next_step: known.maybe });
            if (changed.status === 200) known.step = known.maybe;
            if (serial % 5 === 0) await changeMany();
            if (serial % 3) continue;
            known.maybeDeleted = true;
            if ((await admin.delete(`/leads/${id}`)).status === 204) known.deleted = true;
        } catch {
            return; // the connection broke: nothing was promised
        }
    }
}

// Changes up to 20 of the leads at once: what is answered has happened to all of them.
async function changeMany() {
    const ids = [...promised].filter(([, k]) => !k.maybeDeleted && !k.maybeScore).slice(-20).map(([id]) => id);
    const score = serial % 100 + 1;
    for (const id of ids) promised.get(id).maybeScore = score;
    const changed = await admin.post('/leads/bulk', { ids, set: { estimated_value: `${score}.00` } });
    if (changed.status !== 200) return;
    bulks++;
    for (const id of ids) promised.get(id).score = score;
}

// What of the promises does not hold. A request without an answer may have happened or not.
async function broken(from) {
    const live = new Map((await admin.all('/leads')).map((lead) => [lead.id, lead]));
    const faults = [];
    for (const [id, known] of from) {
        const lead = live.get(id);
        if (known.deleted && lead) faults.push(`${known.name} was deleted and is there`);
        if (!known.maybeDeleted && !lead) faults.push(`${known.name} is lost`);
        if (lead && lead.name !== known.name) faults.push(`${known.name} is called ${lead.name}`);
        const wrong = lead && known.step && lead.next_step !== known.step;
        if (wrong) faults.push(`${known.name}: ${lead.next_step}, not ${known.step}`);
        const budget = lead?.estimated_value ?? null;
        if (lead && known.score
            && budget !== `${known.score}.00`) faults.push(`${known.name}: budget ${budget}, not ${known.score}`);
        if (lead && !known.maybeScore && budget !== null) faults.push(`${known.name}: budget ${budget}`);
        if (lead && !known.step && lead.next_step
            && lead.next_step !== known.maybe) faults.push(`${known.name}: ${lead.next_step}`);
    }
    return faults;
}

test(`${CYCLES} kills lose nothing that was answered as saved`, async () => {
    const ready = [];
    for (let cycle = 0; cycle < CYCLES; cycle++) {
        const running = { on: true };
        const writers = Array.from({ length: WRITERS }, () => write(running));
        await new Promise((done) => setTimeout(done, 40 + Math.random() * 400));
        const end = await tenon.halt('SIGKILL');
        running.on = false;
        assert.equal(end.signal, 'SIGKILL');
        await Promise.all(writers);
        const started = performance.now();
        await tenon.start();
        ready.push(performance.now() - started);
        assert.deepEqual(await broken(promised), [], `after kill ${cycle + 1}`);
    }
    const slowest = Math.max(...ready);
    // One start in the whole run may have had to wait for a busy machine.
    assert.ok(ready.sort((x, y) => x - y).at(-2) < READY_MS, `ready after ${slowest.toFixed(0)} ms`);
    assert.ok(bulks > 0, 'there were changes of many at once');
    assert.ok(promised.size > CYCLES * 5, `${promised.size} leads were made`);
    console.log(`# ${promised.size} leads, ${CYCLES} kills, ${bulks} bulk changes, ready after at most ${slowest.toFixed(0)} ms`);
});

test('the database is whole, and every change has its entry in the audit log', async () => {
    const health = await tenon.cli('doctor');
    assert.equal(health.ok, true, JSON.stringify(health));
    const chain = await tenon.cli('audit', 'verify');
    assert.ok(chain.tenants.length === 2 && chain.tenants.every((t) => t.broken_id === 0), JSON.stringify(chain));
    const entries = await admin.all('/audit_logs?filter[entity_type]=leads');
    const created = new Set(entries.filter((e) => e.action === 'created' || e.action === 'create').map((e) => e.entity_id));
    const rows = [...(await admin.all('/leads')),
        ...(await admin.all('/leads?trash=true'))].filter((l) => /^Lead \d/.test(l.name));
    assert.deepEqual(rows.filter((l) => !created.has(l.id)).map((l) => l.name), []);
    assert.equal(created.size, rows.length, 'no entry without its record');
});

test('the check can fail: a promise that was not kept is found', async () => {
    const lead = recordOf(await admin.post('/leads', { name: 'Kept' }));
    const kept = { name: 'Kept', step: null, maybe: null, deleted: false, maybeDeleted: false };
    assert.deepEqual(await broken([[lead.id, kept]]), []);
    assert.equal((await broken([[lead.id + 1, kept]])).length, 1);
    assert.equal((await broken([[lead.id, { ...kept, name: 'Other' }]])).length, 1);
    assert.equal((await broken([[lead.id, { ...kept, step: 'x' }]])).length, 1);
});
