// Ten thousand leads in a list and on a board: the page answers all the time, whatever is scrolled, moved or changed. Part of
// make bench: it measures the machine as well as the page.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { Company } from '../browser/company.mjs';
import { SLOWED } from '../browser/slow.mjs';

const MOST = 50; // milliseconds
const TRIES = 4;

let company;
before(async () => { company = await Company.start({ fill: 10_000 }); });
after(async () => { await company.stop(); });

// The longest task of the page while `run` goes on, in milliseconds of processor time: the machine may be busy with others.
async function longest_task(page, run) {
    const cdp = await company.browser.newBrowserCDPSession();
    const events = [];
    cdp.on('Tracing.dataCollected', ({ value }) => events.push(...value));
    const traceConfig = { includedCategories: ['toplevel', 'blink.user_timing'] };
    await cdp.send('Tracing.start', { transferMode: 'ReportEvents', traceConfig });
    await page.evaluate('performance.mark("this page")');
    await run();
    await page.evaluate('new Promise((done) => requestIdleCallback(done))');
    const complete = new Promise((done) => { cdp.once('Tracing.tracingComplete', done); });
    await cdp.send('Tracing.end');
    await complete;
    await cdp.detach();
    const mark = events.find((event) => event.name === 'this page');
    const tasks = events.filter(({ name, pid, tid }) => name.endsWith('RunTask') && pid === mark.pid && tid === mark.tid);
    assert.ok(tasks.length > 10);
    return Math.max(...tasks.map((task) => task.tdur ?? 0)) / 1000;
}

// That of the quietest of several runs: what shares a core with others needs longer, too.
async function quietest(page, run) {
    let best = Infinity;
    for (let i = 0; i < TRIES && best > MOST; i++) best = Math.min(best, await longest_task(page, run));
    return best;
}

test('the check can fail: a page that computes for long is found, and one that waits is not', { skip: SLOWED }, async () => {
    const page = await company.open('/leads', { who: 'admin' });
    const spent = (way) => longest_task(page, () => page.evaluate(way));
    const computed = await spent('(() => { const end = performance.now() + 1500; while (performance.now() < end); })()');
    assert.ok(computed > MOST, `computing: ${computed} ms`);
    const waited = await quietest(page, () => page.evaluate('new Promise((done) => { setTimeout(done, 300); })'));
    assert.ok(waited <= MOST, `waiting: ${waited} ms`);
});

test('a board of ten thousand leads never keeps one waiting', { skip: SLOWED }, async () => {
    const page = await company.open('/leads/board', { who: 'admin' });
    const first = page.locator('.lane:not([data-collapsed])').first();
    assert.ok(Number(await first.locator('header .n').innerText()) > 1000);
    const list = first.locator('ol');
    const scrolled = await quietest(page, async () => {
        const before = await list.locator('.kcard').count();
        for (let n = before; n < before + 100; n = await list.locator('.kcard').count()) {
            await list.evaluate((area) => area.scrollTo(0, area.scrollHeight));
            await page.waitForFunction((had) => document.querySelector('.lane > ol').children.length > had, n);
        }
    });
    assert.ok(scrolled <= MOST, `scrolling: ${scrolled} ms`);
    await list.evaluate((area) => area.scrollTo(0, 0));
    const statuses = (await company.api.get('/lead_statuses?sort=position')).json.data;
    const changed = await quietest(page, async () => {
        const { id } = await company.one('leads', `filter[lead_status_id]=${statuses[0].id}&sort=-created_at`);
        await company.api.patch(`/leads/${id}`, { lead_status_id: statuses[1].id });
        await page.locator('.lane').nth(1).locator(`[data-id="${id}"]`).waitFor();
    });
    assert.ok(changed <= MOST, `a change of others: ${changed} ms`);
    const dragged = await quietest(page, async () => {
        const [a, b] = [await list.locator('.kcard').first().boundingBox(),
            await page.locator('.lane > ol').nth(1).boundingBox()];
        await page.mouse.move(a.x + 60, a.y + a.height - 8);
        await page.mouse.down();
        await page.mouse.move(b.x + 80, b.y + 100, { steps: 25 });
        await page.mouse.up();
        await page.locator('.toast', { hasText: 'Moved.' }).waitFor();
        await page.locator('.toast [data-dismiss]').click();
    });
    assert.ok(dragged <= MOST, `dragging: ${dragged} ms`);
});

test('a list of ten thousand leads never keeps one waiting', { skip: SLOWED }, async () => {
    const page = await company.open('/leads?sort=name', { who: 'admin' });
    const scrolled = await quietest(page, async () => {
        const before = await page.locator('tbody tr[id]').count();
        for (let n = before; n < before + 200; n = await page.locator('tbody tr[id]').count()) {
            await page.locator('.table-wrap').evaluate((area) => area.scrollTo(0, area.scrollHeight));
            await page.waitForFunction((had) => document.querySelectorAll('tbody tr[id]').length > had, n);
        }
    });
    assert.ok(scrolled <= MOST, `scrolling: ${scrolled} ms`);
});
