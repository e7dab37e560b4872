// Every page of the demo company costs the server little, and the list of any kind of record hardly more than that of the leads.
// What counts is the processor time of the server's threads (bench/page_times.mjs); a page that seems slow is asked again, as
// other programs on the machine take of the processor's caches, and the limits are of a machine that runs at its usual speed.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { PageTimes } from '../bench/page_times.mjs';
import { slowness } from '../http/machine.mjs';

const MOST = 5;          // ms
const BESIDE_LEADS = 2;  // times
const TRIES = 4;

let pages, leads;
before(async () => {
    pages = await PageTimes.start();
    leads = await pages.time('/leads');
});
after(() => pages?.stop());

// Of these, which are pages, and which took longer than `most` however often they were asked.
async function slow(paths, most) {
    const found = { asked: [], slow: [] };
    for (const path of paths) {
        let best = await pages.time(path);
        if (Number.isNaN(best)) continue;
        found.asked.push(path);
        for (let i = 1; i < TRIES && best > most(); i++) {
            leads = Math.max(leads, await pages.time('/leads'));
            best = Math.min(best, await pages.time(path));
        }
        if (best > most()) found.slow.push(`${path}: ${best.toFixed(2)} ms`);
    }
    return found;
}

test('every page takes less than 5 ms of the server', async () => {
    const { asked, slow: late } = await slow(await pages.all(), () => MOST * Math.max(1, slowness()));
    assert.deepEqual(late, []);
    const must = ['/', '/?by=quarter', '/leads', '/leads/board', '/leads/new', '/leads/import', '/bin', '/settings',
        '/search?q=solar'];
    assert.deepEqual(must.filter((path) => !asked.includes(path)), []);
    assert.ok(asked.length > 100, `${asked.length} pages`);
});

test('the list of any kind of record takes less than twice as long as that of the leads', async () => {
    const names = (await pages.entities()).filter((entity) => !entity.internal).map((entity) => entity.name);
    const { asked, slow: late } = await slow(names.map((name) => `/${name}`), () => BESIDE_LEADS * leads);
    assert.deepEqual(late, []);
    assert.ok(asked.length > 30, `${asked.length} lists`);
});
